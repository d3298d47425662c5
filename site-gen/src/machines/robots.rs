//! `robots.txt`: what crawlers may read.

/// The file `robots.txt`. Pages that are not to be listed say so themselves: a crawler that may not read a page never
/// learns it.
///
/// ```
/// let text = site_gen::machines::robots("https://a.example");
/// assert!(text.ends_with("\nSitemap: https://a.example/sitemap.xml\n"));
/// ```
#[must_use]
pub fn robots(base_url: &str) -> String {
    format!("User-agent: *\nAllow: /\nDisallow: /api/\n\nSitemap: {base_url}/sitemap.xml\n")
}
