//! The SQL of what the predecessor kept beside its people. Rows come as arrays of objects; a person is meant by the
//! predecessor's number, and a number that nobody has leaves a column empty that may not be.

/// The person of a row.
macro_rules! person {
    ($field:literal) => {
        concat!(
            "(SELECT user_id FROM imported_users WHERE predecessor_id = value ->> '",
            $field,
            "')"
        )
    };
}

/// Every document with its versions.
pub const DOCUMENTS: &str = "
    SELECT documents.id, documents.slug, documents.type, documents.retired_at IS NULL AS is_in_use,
           (SELECT json_group_array(version) FROM document_versions WHERE document_id = documents.id) AS versions
    FROM documents ORDER BY documents.id";

/// Every product.
pub const PRODUCTS: &str = "SELECT id, slug, kind, period, price FROM products ORDER BY id";

/// Which acceptances there are. `?1` keys.
pub const KNOWN_ACCEPTANCES: &str = "
    SELECT asked.value AS found FROM json_each(?1) AS asked
    WHERE EXISTS (
      SELECT 1 FROM imported_users JOIN acceptances ON acceptances.user_id = imported_users.user_id
      WHERE imported_users.predecessor_id = CAST(asked.value AS INTEGER)
        AND asked.value = imported_users.predecessor_id || ' ' || acceptances.document_id || ' ' || acceptances.version)";

/// Which of these are in a table. `?1` keys.
macro_rules! known {
    ($from:literal, $condition:literal) => {
        concat!(
            "SELECT asked.value AS found FROM json_each(?1) AS asked WHERE EXISTS (SELECT 1 FROM ",
            $from,
            " WHERE ",
            $condition,
            ")"
        )
    };
}

/// Cards by name.
pub const KNOWN_METHODS: &str = known!("payment_methods", "id = asked.value");
/// Cards by the bank's name.
pub const KNOWN_CHARGES: &str = known!(
    "payment_methods",
    "provider = 'tbank' AND charge_id = asked.value"
);
/// What clients have.
pub const KNOWN_HOLDINGS: &str = known!("user_products", "id = asked.value");
/// Orders by name.
pub const KNOWN_ORDERS: &str = known!("orders", "id = asked.value");
/// Orders by number.
pub const KNOWN_ORDER_NUMBERS: &str = known!("orders", "number = asked.value");
/// Payments.
pub const KNOWN_PAYMENTS: &str = known!("payments", "id = asked.value");
/// Payments of which no money came.
pub const KNOWN_UNPAID_PAYMENTS: &str = known!(
    "payments",
    "id = asked.value AND status NOT IN ('success', 'refunded')"
);
/// How payments came, and what the bank calls them.
pub const KNOWN_REFERENCES: &str = known!(
    "payments",
    "source = substr(asked.value, 1, instr(asked.value, ' ') - 1)
       AND provider_ref = substr(asked.value, instr(asked.value, ' ') + 1)"
);
/// Commissions by payment.
pub const KNOWN_COMMISSIONS: &str = known!("commissions", "payment_id = asked.value");
/// Payouts.
pub const KNOWN_PAYOUTS: &str = known!("payouts", "id = asked.value");

/// What partners have. `?1` their former numbers.
pub const BALANCES: &str = "
    SELECT imported_users.predecessor_id AS number,
           sum(iif(kind = 'pending', balance, 0)) AS pending, sum(iif(kind = 'available', balance, 0)) AS available,
           sum(iif(kind = 'reserved', balance, 0)) AS reserved, sum(iif(kind = 'debt', -balance, 0)) AS owed
    FROM json_each(?1) AS asked JOIN imported_users ON imported_users.predecessor_id = asked.value
    JOIN accounts ON accounts.partner_id = imported_users.user_id
    GROUP BY imported_users.predecessor_id";

/// Adds documents. `?1` rows.
pub const ADD_DOCUMENTS: &str = "
    INSERT INTO documents (id, slug, type, created_at, retired_at)
    SELECT value ->> 'id', value ->> 'slug', value ->> 'type', value ->> 'created_at', value ->> 'retired_at'
    FROM json_each(?1)";

/// Adds their versions. `?1` rows.
pub const ADD_VERSIONS: &str = "
    INSERT INTO document_versions (document_id, version, title_ru, text_ru, published_at)
    SELECT value ->> 'document', value ->> 'version', value ->> 'title', value ->> 'text', value ->> 'published_at'
    FROM json_each(?1)";

/// Adds acceptances. `?1` rows.
pub const ADD_ACCEPTANCES: &str = concat!(
    "INSERT INTO acceptances (user_id, document_id, version, accepted_at, network, device) SELECT ",
    person!("user"),
    ", value ->> 'document', value ->> 'version', value ->> 'accepted_at', value ->> 'network', value ->> 'device'
     FROM json_each(?1)"
);

/// Adds products. `?1` rows.
pub const ADD_PRODUCTS: &str = "
    INSERT INTO products (id, slug, name_ru, name_en, description_ru, kind, period, price, admin_url, terms_id, created_at,
                          updated_at, retired_at)
    SELECT value ->> 'id', value ->> 'slug', value ->> 'name', value ->> 'name', value ->> 'description', value ->> 'kind',
           value ->> 'period', value ->> 'price', value ->> 'admin_url', value ->> 'terms', value ->> 'created_at',
           value ->> 'updated_at', value ->> 'retired_at'
    FROM json_each(?1)";

/// Adds saved cards; who has chosen a first one keeps it. `?1` rows.
pub const ADD_METHODS: &str = concat!(
    "INSERT INTO payment_methods (id, user_id, provider, charge_id, pan_mask, expires, card_type, is_default, created_at,
                                  updated_at, revoked_at)
     SELECT value ->> 'id', ",
    person!("user"),
    ", 'tbank', value ->> 'charge_id', value ->> 'pan_mask', value ->> 'expires', value ->> 'card_type',
            iif(EXISTS (SELECT 1 FROM payment_methods AS others WHERE others.is_default = 1 AND others.user_id = ",
    person!("user"),
    "), 0, value ->> 'is_default'), value ->> 'created_at', value ->> 'updated_at', value ->> 'revoked_at'
     FROM json_each(?1)"
);

/// Adds what clients have. An end that has come is noticed with that: whoever noticed it on the former site did so. `?1` rows,
/// `?2` now.
pub const ADD_HOLDINGS: &str = concat!(
    "INSERT INTO user_products (id, user_id, product_id, starts_at, ends_at, revoked_at, revoked_for, app_url, created_at,
                                updated_at, noticed_end_at)
     SELECT value ->> 'id', ",
    person!("user"),
    ", value ->> 'product', value ->> 'starts_at', value ->> 'ends_at', value ->> 'revoked_at',
            iif(value ->> 'revoked_at' IS NULL, NULL, 'operator'), value ->> 'app_url', value ->> 'created_at',
            value ->> 'updated_at', iif(value ->> 'ends_at' <= ?2, ?2, NULL)
     FROM json_each(?1)"
);

/// Adds the repeating part. `?1` rows.
pub const ADD_SUBSCRIPTIONS: &str = "
    INSERT INTO subscriptions (user_product_id, period, anchor_day, period_start, renewal_price, cancelled_at, payment_method_id)
    SELECT value ->> 'id', value ->> 'period', value ->> 'anchor', value ->> 'period_start', value ->> 'renewal_price',
           value ->> 'cancelled_at',
           (SELECT id FROM payment_methods WHERE id = value ->> 'method' AND revoked_at IS NULL)
    FROM json_each(?1) WHERE value ->> 'period' IS NOT NULL";

/// Adds orders. `?1` rows.
pub const ADD_ORDERS: &str = concat!(
    "INSERT INTO orders (id, number, user_id, product_id, amount, state, customer_name, customer_email, customer_phone,
                         referral_code, created_at, updated_at)
     SELECT value ->> 'id', value ->> 'number', ",
    person!("user"),
    ", value ->> 'product', value ->> 'amount', value ->> 'state', value ->> 'customer_name', value ->> 'customer_email',
            value ->> 'customer_phone', value ->> 'referral_code', value ->> 'created_at', value ->> 'updated_at'
     FROM json_each(?1)"
);

/// Adds payments. `?1` rows.
pub const ADD_PAYMENTS: &str = concat!(
    "INSERT INTO payments (id, order_id, user_id, user_product_id, amount, refunded, status, source, provider_ref,
                           failure_reason, created_at, updated_at)
     SELECT value ->> 'id', value ->> 'order', ",
    person!("user"),
    ", value ->> 'bought', value ->> 'amount', iif(value ->> 'status' = 'refunded', value ->> 'amount', 0),
            value ->> 'status', value ->> 'source', value ->> 'reference', value ->> 'failure_reason',
            value ->> 'created_at', value ->> 'updated_at'
     FROM json_each(?1)"
);

/// Adds what was given back of them. `?1` rows.
pub const ADD_REFUNDS: &str = "
    INSERT INTO refunds (payment_id, total, amount, created_at)
    SELECT value ->> 'id', value ->> 'amount', value ->> 'amount', value ->> 'updated_at'
    FROM json_each(?1) WHERE value ->> 'status' = 'refunded'";

/// Adds their receipts. `?1` rows.
pub const ADD_RECEIPTS: &str = "
    INSERT INTO receipts (id, payment_id, url, issued_at)
    SELECT value ->> 'receipt_id', value ->> 'id', value ->> 'receipt', value ->> 'updated_at'
    FROM json_each(?1) WHERE value ->> 'receipt' IS NOT NULL";

/// Names the partner of people who have none. `?1` rows.
pub const NAME_PARTNERS: &str = concat!(
    "UPDATE users SET referred_by = (SELECT imported_users.user_id FROM json_each(?1), imported_users
                                     WHERE users.id = ",
    person!("came"),
    " AND imported_users.predecessor_id = value ->> 'partner')
     WHERE referred_by IS NULL AND id IN (SELECT ",
    person!("came"),
    " FROM json_each(?1))"
);

/// Binds them. `?1` rows.
pub const BIND: &str = concat!(
    "INSERT INTO referrals (user_id, partner_id, bound_at)
     SELECT ",
    person!("came"),
    ", ",
    person!("partner"),
    ", value ->> 'at' FROM json_each(?1)"
);

/// Opens partners' accounts, once. `?1` their former numbers.
pub const OPEN_ACCOUNTS: &str = "
    INSERT INTO accounts (id, partner_id, kind, floor)
    SELECT 'partner:' || imported_users.user_id || ':' || kinds.kind, imported_users.user_id, kinds.kind, kinds.floor
    FROM json_each(?1) AS asked JOIN imported_users ON imported_users.predecessor_id = asked.value,
         (SELECT 'pending' AS kind, 0 AS floor UNION ALL SELECT 'available', 0 UNION ALL SELECT 'reserved', 0
          UNION ALL SELECT 'debt', NULL) AS kinds
    WHERE imported_users.user_id IS NOT NULL
    ON CONFLICT (id) DO NOTHING";

/// Adds commissions. The former site held none, so each is available from its first day; what was given back of the payment
/// is taken back of it. `?1` rows.
pub const ADD_COMMISSIONS: &str = concat!(
    "INSERT INTO commissions (payment_id, partner_id, user_id, rate_bp, base, amount, taken_back, edition, created_at,
                              held_until, matured_at)
     SELECT value ->> 'payment', ",
    person!("partner"),
    ", payments.user_id, value ->> 'rate', payments.amount, payments.amount * (value ->> 'rate') / 10000,
            payments.amount * (value ->> 'rate') / 10000 - (payments.amount - payments.refunded) * (value ->> 'rate') / 10000,
            0, value ->> 'at', value ->> 'at', value ->> 'at'
     FROM json_each(?1) LEFT JOIN payments ON payments.id = value ->> 'payment'"
);

/// Transfers of commissions. `?1` rows, `?2` operation.
macro_rules! of_commissions {
    ($id:literal, $debit:literal, $credit:literal, $amount:literal, $code:literal) => {
        concat!(
            "INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
             SELECT ",
            $id,
            ", ?2, ",
            $debit,
            ", ",
            $credit,
            ", ",
            $amount,
            ", '",
            $code,
            "', commissions.created_at
             FROM json_each(?1) JOIN commissions ON commissions.payment_id = value ->> 'payment'
             JOIN payments ON payments.id = commissions.payment_id
             WHERE ",
            $amount,
            " > 0"
        )
    };
}

/// Books them as held. `?1` rows, `?2` operation.
pub const ACCRUE: &str = of_commissions!(
    "'accrue:' || payment_id",
    "'service:expense'",
    "'partner:' || partner_id || ':pending'",
    "commissions.amount",
    "accrue"
);

/// Takes back of them what was given back. `?1` rows, `?2` operation.
pub const REVERSE: &str = of_commissions!(
    "'reverse:' || payment_id || ':' || payments.refunded",
    "'partner:' || partner_id || ':pending'",
    "'service:expense'",
    "commissions.taken_back",
    "reverse"
);

/// Ends their hold. `?1` rows, `?2` operation.
pub const MATURE: &str = of_commissions!(
    "'mature:' || payment_id",
    "'partner:' || partner_id || ':pending'",
    "'partner:' || partner_id || ':available'",
    "(commissions.amount - commissions.taken_back)",
    "mature"
);

/// Adds payouts. Where they went is not known: they look like those whose details are forgotten. `?1` rows.
pub const ADD_PAYOUTS: &str = concat!(
    "INSERT INTO payouts (id, partner_id, amount, state, legal_form, recipient, inn, method, bik, account, bank_ref, reason,
                          requested_at, updated_at, settled_at)
     SELECT value ->> 'id', ",
    person!("partner"),
    ", value ->> 'amount', value ->> 'state', 'self_employed', '', '', 'bank_account', '', '', value ->> 'bank_ref', value ->> 'reason',
            value ->> 'requested_at', value ->> 'settled_at', value ->> 'settled_at'
     FROM json_each(?1)"
);

/// Makes a debt of what was paid out above what there is. `?1` rows of partners with what they were paid, `?2` operation,
/// `?3` now.
pub const ADVANCE: &str = "
    INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
    SELECT 'advance:' || ?2 || ':' || available.partner_id, ?2, 'partner:' || available.partner_id || ':debt', available.id,
           (value ->> 'paid') - available.balance, 'advance', ?3
    FROM json_each(?1) JOIN imported_users ON imported_users.predecessor_id = value ->> 'partner'
    JOIN accounts AS available ON available.id = 'partner:' || imported_users.user_id || ':available'
    WHERE (value ->> 'paid') > available.balance";

/// Transfers of payouts. `?1` rows, `?2` operation.
macro_rules! of_payouts {
    ($code:literal, $debit:literal, $credit:literal, $at:literal, $states:literal) => {
        concat!(
            "INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
             SELECT '",
            $code,
            ":' || payouts.id, ?2, ",
            $debit,
            ", ",
            $credit,
            ", payouts.amount, '",
            $code,
            "', payouts.",
            $at,
            "
             FROM json_each(?1) JOIN payouts ON payouts.id = value ->> 'id' WHERE payouts.state IN (",
            $states,
            ")"
        )
    };
}

/// Sets their amounts aside. `?1` rows, `?2` operation.
pub const RESERVE: &str = of_payouts!(
    "reserve",
    "'partner:' || partner_id || ':available'",
    "'partner:' || partner_id || ':reserved'",
    "requested_at",
    "'paid', 'rejected', 'failed'"
);

/// Pays what was paid. `?1` rows, `?2` operation.
pub const PAY: &str = of_payouts!(
    "pay",
    "'partner:' || partner_id || ':reserved'",
    "'service:bank'",
    "settled_at",
    "'paid'"
);

/// Gives back what was not. `?1` rows, `?2` operation.
pub const RELEASE: &str = of_payouts!(
    "release",
    "'partner:' || partner_id || ':reserved'",
    "'partner:' || partner_id || ':available'",
    "settled_at",
    "'rejected', 'failed'"
);
