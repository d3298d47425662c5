//! Who the sample clients are, and what they live through.

mod anna;
mod boris;
mod gleb;
mod vera;

use anyhow::Result;
use edge_worker::app::ports::cabinet::DocumentWanted;
use edge_worker::domain::catalogue::DocumentType;
use pollster::block_on;

use crate::stage::{Done as _, Stage};
use crate::timeline::Timeline;

/// Everybody's life.
pub(crate) fn live(timeline: &mut Timeline) {
    timeline.minutes_ago(40, |stage| stage.register("new", "Новый Клиент", None));
    anna::live(timeline);
    boris::live(timeline);
    vera::live(timeline);
    gleb::live(timeline);
}

/// Somebody registers, confirms their address and accepts documents.
fn settle_in(stage: &Stage, name: &str, full: &str, documents: &[DocumentType]) -> Result<()> {
    stage.register(name, full, None)?;
    stage.confirm_address(name)?;
    documents
        .iter()
        .try_for_each(|kind| accept(stage, name, *kind))
}

fn accept(stage: &Stage, name: &str, kind: DocumentType) -> Result<()> {
    let wanted = DocumentWanted {
        kind,
        id: None,
        version: None,
    };
    let (app, caller) = (stage.app()?, stage.caller(name)?);
    let accepted = block_on(app.accept_document(&caller, &wanted));
    accepted.map(drop).done("a document is accepted")
}
