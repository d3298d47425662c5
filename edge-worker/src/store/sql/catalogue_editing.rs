//! The SQL of those who keep the catalogue: a few dozen rows, read whole.

/// Every product, with how many may use it. `?1` now.
pub const PRODUCTS: &str = "
    SELECT products.id, products.slug, products.name_ru, products.name_en, products.description_ru,
           products.description_en, products.kind, products.period, products.price, products.app_url, products.admin_url,
           documents.slug AS terms, products.created_at, products.updated_at, products.retired_at,
           (SELECT count(DISTINCT held.user_id) FROM user_products AS held
            WHERE held.product_id = products.id AND held.revoked_at IS NULL AND held.starts_at <= ?1
              AND (held.ends_at IS NULL OR held.ends_at > ?1)) AS holders
    FROM products LEFT JOIN documents ON documents.id = products.terms_id
    ORDER BY products.created_at, products.slug";

/// Undoes the transaction unless there is such a document, or none is asked for. `?1` slug.
pub const GUARD_TERMS: &str = "
    SELECT CASE WHEN ?1 IS NULL OR EXISTS (SELECT 1 FROM documents WHERE slug = ?1 AND retired_at IS NULL)
    THEN 1 ELSE json('no such terms') END AS guard";

/// Adds a product. `?1` id, `?2` slug, `?3` and `?4` names, `?5` and `?6` descriptions, `?7` kind, `?8` period, `?9` price,
/// `?10` and `?11` addresses, `?12` slug of the terms, `?13` now.
pub const ADD_PRODUCT: &str = "
    INSERT INTO products (id, slug, name_ru, name_en, description_ru, description_en, kind, period, price, app_url,
                          admin_url, terms_id, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, (SELECT id FROM documents WHERE slug = ?12), ?13, ?13)";

/// Undoes the transaction unless a product is as it was read. `?1` id, `?2` when it was changed last.
pub const GUARD_PRODUCT: &str = "
    SELECT CASE WHEN EXISTS (SELECT 1 FROM products WHERE id = ?1 AND updated_at = ?2)
    THEN 1 ELSE json('changed meanwhile') END AS guard";

/// Writes what is said about a product; how it is paid for never changes. `?1` id, `?2` slug, `?3` and `?4` names, `?5` and
/// `?6` descriptions, `?7` price, `?8` and `?9` addresses, `?10` slug of the terms, `?11` since when it is not sold, `?12` now.
pub const EDIT_PRODUCT: &str = "
    UPDATE products SET slug = ?2, name_ru = ?3, name_en = ?4, description_ru = ?5, description_en = ?6, price = ?7,
      app_url = ?8, admin_url = ?9, terms_id = (SELECT id FROM documents WHERE slug = ?10), retired_at = ?11,
      updated_at = max(?12, updated_at + 1)
    WHERE id = ?1";

/// Every document that people are asked to accept, with its latest version.
pub const DOCUMENTS: &str = "
    SELECT documents.slug, documents.type, latest.version, latest.title_ru, latest.title_en, latest.text_ru, latest.text_en,
           latest.url, latest.published_at,
           (SELECT count(*) FROM acceptances
            WHERE acceptances.document_id = documents.id AND acceptances.version = latest.version) AS acceptances
    FROM documents JOIN document_versions AS latest ON latest.document_id = documents.id
    WHERE documents.retired_at IS NULL
      AND latest.version = (SELECT max(version) FROM document_versions WHERE document_id = documents.id)
    ORDER BY documents.id";

/// Makes a document unless there is one. `?1` slug, `?2` type, `?3` now.
pub const ADD_DOCUMENT: &str = "INSERT INTO documents (slug, type, created_at) VALUES (?1, ?2, ?3) ON CONFLICT (slug) DO NOTHING";

/// Undoes the transaction unless a document has this type and this is its next version. `?1` slug, `?2` type, `?3` version.
pub const GUARD_VERSION: &str = "
    SELECT CASE WHEN EXISTS (
      SELECT 1 FROM documents WHERE slug = ?1 AND type = ?2 AND retired_at IS NULL
        AND ?3 = 1 + coalesce((SELECT max(version) FROM document_versions WHERE document_id = documents.id), 0)
    ) THEN 1 ELSE json('changed meanwhile') END AS guard";

/// Publishes a version. `?1` slug, `?2` version, `?3` and `?4` titles, `?5` and `?6` texts, `?7` address, `?8` now.
pub const ADD_VERSION: &str = "
    INSERT INTO document_versions (document_id, version, title_ru, title_en, text_ru, text_en, url, published_at)
    SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM documents WHERE slug = ?1";
