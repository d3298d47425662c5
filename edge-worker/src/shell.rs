//! The end that touches the platform.
use worker::{Context, Env, Request, Response, Result, event};

#[event(fetch)]
async fn fetch(_request: Request, env: Env, _context: Context) -> Result<Response> {
    let _database = env.d1("DB")?;
    Response::ok("{\"status\":\"ok\"}")
}
