-- The first shape of the database. Released once, this file is never changed: the next shape is another migration.

CREATE TABLE backup (
    made_at DATETIME NOT NULL,
    kind VARCHAR(20) NOT NULL,
    place VARCHAR NOT NULL,
    medium VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    cases INTEGER NOT NULL,
    size INTEGER NOT NULL,
    up_to INTEGER NOT NULL,
    verified_at DATETIME,
    drilled_at DATETIME,
    id INTEGER NOT NULL,
    CONSTRAINT pk_backup PRIMARY KEY (id)
);

CREATE TABLE batch (
    file_name VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    taken_at DATETIME NOT NULL,
    taken_by VARCHAR NOT NULL,
    rows INTEGER NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_batch PRIMARY KEY (id)
);

CREATE INDEX ix_batch_digest ON batch (digest);

CREATE TABLE closing (
    "table" VARCHAR NOT NULL,
    edition INTEGER NOT NULL,
    basis VARCHAR(20) NOT NULL,
    since DATE NOT NULL,
    until DATE NOT NULL,
    serial INTEGER NOT NULL,
    body TEXT NOT NULL,
    cases TEXT NOT NULL,
    notes TEXT NOT NULL,
    reason TEXT NOT NULL,
    closed_at DATETIME NOT NULL,
    closed_by VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_closing PRIMARY KEY (id),
    CONSTRAINT uq_closing_table_since_until_serial UNIQUE ("table", since, until, serial)
);

CREATE INDEX ix_closing_digest ON closing (digest);

CREATE TABLE content (
    digest VARCHAR NOT NULL,
    data BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_content PRIMARY KEY (id),
    CONSTRAINT uq_content_digest UNIQUE (digest)
);

CREATE TABLE counter (
    series VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_counter PRIMARY KEY (id),
    CONSTRAINT uq_counter_series_year UNIQUE (series, year)
);

CREATE TABLE custom_table (
    name VARCHAR NOT NULL,
    spec TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT uq_custom_table_name UNIQUE (name)
);

CREATE TABLE draft (
    "by" VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    shown TEXT NOT NULL,
    typed TEXT NOT NULL,
    saved_at DATETIME NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id),
    CONSTRAINT uq_draft_by_place UNIQUE ("by", place)
);

CREATE TABLE entry (
    at DATETIME NOT NULL,
    clock_suspect BOOLEAN NOT NULL,
    "by" VARCHAR NOT NULL,
    action VARCHAR(20) NOT NULL,
    case_id INTEGER,
    detail TEXT NOT NULL,
    reason TEXT NOT NULL,
    medium VARCHAR NOT NULL,
    undoes INTEGER,
    salt VARCHAR NOT NULL,
    changes_digest VARCHAR NOT NULL,
    hash VARCHAR NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT
);

CREATE INDEX ix_entry_action ON entry (action);

CREATE INDEX ix_entry_action_by ON entry (action, "by");

CREATE INDEX ix_entry_at ON entry (at);

CREATE INDEX ix_entry_by ON entry ("by");

CREATE INDEX ix_entry_case_id ON entry (case_id);

CREATE TABLE form_setting (
    form VARCHAR NOT NULL,
    place INTEGER,
    standing VARCHAR(20),
    name VARCHAR NOT NULL,
    pattern VARCHAR NOT NULL,
    wording TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_form_setting PRIMARY KEY (id),
    CONSTRAINT uq_form_setting_form UNIQUE (form)
);

CREATE TABLE office (
    uid VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    region VARCHAR NOT NULL,
    type VARCHAR(20) NOT NULL,
    case_pattern VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    phone VARCHAR NOT NULL,
    court VARCHAR NOT NULL,
    basis VARCHAR(20) NOT NULL,
    cut_off INTEGER,
    rooms INTEGER,
    studios INTEGER,
    stations INTEGER,
    month_limit INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_office PRIMARY KEY (id),
    CONSTRAINT uq_office_uid UNIQUE (uid)
);

CREATE TABLE own_key (
    use VARCHAR(20) NOT NULL,
    public VARCHAR NOT NULL,
    private BLOB NOT NULL,
    made_at DATETIME NOT NULL,
    retired_at DATETIME,
    id INTEGER NOT NULL,
    CONSTRAINT pk_own_key PRIMARY KEY (id),
    CONSTRAINT uq_own_key_public UNIQUE (public)
);

CREATE TABLE phrase (
    kind VARCHAR(20),
    words TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT
);

CREATE TABLE policy (
    lock_after INTEGER,
    backup_folder VARCHAR NOT NULL,
    backup_hours INTEGER,
    remind_days INTEGER,
    mask BOOLEAN NOT NULL,
    short_years INTEGER,
    long_years INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_policy PRIMARY KEY (id)
);

CREATE TABLE price (
    level VARCHAR(20) NOT NULL,
    valid_from DATE NOT NULL,
    settled BIGINT,
    unsettled BIGINT,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT uq_price_level_valid_from UNIQUE (level, valid_from)
);

CREATE TABLE received (
    received_at DATETIME NOT NULL,
    received_by VARCHAR NOT NULL,
    office_uid VARCHAR NOT NULL,
    office_name VARCHAR NOT NULL,
    "table" VARCHAR NOT NULL,
    since DATE NOT NULL,
    until DATE NOT NULL,
    serial INTEGER NOT NULL,
    body TEXT NOT NULL,
    digest VARCHAR NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_received PRIMARY KEY (id),
    CONSTRAINT uq_received_office_uid_table_since_until_serial UNIQUE (office_uid, "table", since, until, serial),
    CONSTRAINT uq_received_digest UNIQUE (digest)
);

CREATE TABLE screening (
    screened_on DATE NOT NULL,
    area VARCHAR NOT NULL,
    people VARCHAR NOT NULL,
    concentrated BOOLEAN NOT NULL,
    visited INTEGER,
    found INTEGER,
    prevented INTEGER,
    note TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT
);

CREATE INDEX ix_screening_screened_on ON screening (screened_on);

CREATE TABLE sent (
    sent_at DATETIME NOT NULL,
    sent_by VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    office_uid VARCHAR NOT NULL,
    office_name VARCHAR NOT NULL,
    "table" VARCHAR NOT NULL,
    since DATE NOT NULL,
    until DATE NOT NULL,
    serial INTEGER NOT NULL,
    body TEXT NOT NULL,
    digest VARCHAR NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_sent PRIMARY KEY (id),
    CONSTRAINT uq_sent_table_since_until_serial UNIQUE ("table", since, until, serial),
    CONSTRAINT uq_sent_digest UNIQUE (digest)
);

CREATE TABLE staff (
    name VARCHAR NOT NULL,
    login VARCHAR,
    roles VARCHAR NOT NULL,
    mediates BOOLEAN NOT NULL,
    full_time BOOLEAN NOT NULL,
    phone VARCHAR NOT NULL,
    started_on DATE,
    left_on DATE,
    id INTEGER NOT NULL,
    CONSTRAINT pk_staff PRIMARY KEY (id),
    CONSTRAINT uq_staff_name UNIQUE (name),
    CONSTRAINT uq_staff_login UNIQUE (login)
);

CREATE TABLE "case" (
    uid VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    intake_key VARCHAR,
    batch_id INTEGER,
    changed_at DATETIME NOT NULL,
    registered_on DATE NOT NULL,
    source VARCHAR(20) NOT NULL,
    referrer VARCHAR(20),
    referrer_name VARCHAR NOT NULL,
    external_number VARCHAR NOT NULL,
    kind VARCHAR(20),
    level VARCHAR(20) NOT NULL,
    name VARCHAR NOT NULL,
    occurred_on DATE,
    occurred_place VARCHAR NOT NULL,
    people INTEGER,
    headcount INTEGER NOT NULL,
    averted VARCHAR(20),
    averted_people INTEGER,
    claimed BIGINT,
    summary TEXT NOT NULL,
    request TEXT NOT NULL,
    remark TEXT NOT NULL,
    retention VARCHAR(20) NOT NULL,
    sensitivity VARCHAR(20),
    stage VARCHAR(20) NOT NULL,
    outcome VARCHAR(20),
    accepted_on DATE,
    informed_on DATE,
    due_on DATE,
    concluded_on DATE,
    closed_on DATE,
    archived_on DATE,
    discarded_on DATE,
    discard_reason VARCHAR NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT uq_case_uid UNIQUE (uid),
    CONSTRAINT uq_case_number UNIQUE (number),
    CONSTRAINT uq_case_intake_key UNIQUE (intake_key),
    CONSTRAINT fk_case_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);

CREATE INDEX ix_case_accepted_on_concluded_on_outcome_kind_source_referrer_level_headcount_averted_averted_people_discarded_on ON "case" (accepted_on, concluded_on, outcome, kind, source, referrer, level, headcount, averted, averted_people, discarded_on);

CREATE INDEX ix_case_batch_id ON "case" (batch_id);

CREATE INDEX ix_case_concluded_on_outcome_kind_source_referrer_level_headcount_averted_averted_people_discarded_on ON "case" (concluded_on, outcome, kind, source, referrer, level, headcount, averted, averted_people, discarded_on);

CREATE INDEX ix_case_registered_on_kind_level_headcount_discarded_on ON "case" (registered_on, kind, level, headcount, discarded_on);

CREATE INDEX ix_case_stage_id ON "case" (stage, id);

CREATE TABLE change (
    entry_id INTEGER NOT NULL,
    "table" VARCHAR NOT NULL,
    row_id INTEGER NOT NULL,
    case_id INTEGER,
    turn VARCHAR(20) NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_change PRIMARY KEY (id),
    CONSTRAINT fk_change_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE INDEX ix_change_case_id ON change (case_id);

CREATE INDEX ix_change_entry_id ON change (entry_id);

CREATE INDEX ix_change_table_row_id ON change ("table", row_id);

CREATE TABLE agreement (
    case_id INTEGER NOT NULL,
    reached_on DATE,
    effective_on DATE,
    facts TEXT NOT NULL,
    terms TEXT NOT NULL,
    way VARCHAR NOT NULL,
    deadline VARCHAR NOT NULL,
    amount BIGINT,
    copies INTEGER,
    performance VARCHAR(20),
    performed_on DATE,
    confirmation VARCHAR(20),
    confirm_applied_on DATE,
    confirmed_on DATE,
    ruling VARCHAR NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_agreement PRIMARY KEY (id),
    CONSTRAINT uq_agreement_case_id UNIQUE (case_id),
    CONSTRAINT fk_agreement_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id) ON DELETE CASCADE
);

CREATE INDEX ix_agreement_confirm_applied_on ON agreement (confirm_applied_on);

CREATE INDEX ix_agreement_confirmed_on ON agreement (confirmed_on);

CREATE TABLE assignment (
    case_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    duty VARCHAR(20) NOT NULL,
    recusal VARCHAR NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT fk_assignment_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id) ON DELETE CASCADE,
    CONSTRAINT fk_assignment_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id)
);

CREATE INDEX ix_assignment_case_id ON assignment (case_id);

CREATE INDEX ix_assignment_staff_id ON assignment (staff_id);

CREATE TABLE claim (
    case_id INTEGER NOT NULL,
    closing_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    level VARCHAR(20) NOT NULL,
    amount BIGINT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_claim PRIMARY KEY (id),
    CONSTRAINT uq_claim_case_id UNIQUE (case_id),
    CONSTRAINT fk_claim_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id) ON DELETE CASCADE,
    CONSTRAINT fk_claim_closing_id_closing FOREIGN KEY(closing_id) REFERENCES closing (id) ON DELETE CASCADE,
    CONSTRAINT fk_claim_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id)
);

CREATE INDEX ix_claim_closing_id ON claim (closing_id);

CREATE INDEX ix_claim_staff_id ON claim (staff_id);

CREATE TABLE event (
    case_id INTEGER NOT NULL,
    kind VARCHAR(20) NOT NULL,
    at DATETIME NOT NULL,
    "by" VARCHAR NOT NULL,
    stage_from VARCHAR(20),
    stage_to VARCHAR(20),
    "on" DATE,
    detail TEXT NOT NULL,
    reason TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT fk_event_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id) ON DELETE CASCADE
);

CREATE INDEX ix_event_case_id ON event (case_id);

CREATE TABLE investigation (
    case_id INTEGER NOT NULL,
    held_at DATETIME NOT NULL,
    place VARCHAR NOT NULL,
    respondent VARCHAR NOT NULL,
    others VARCHAR NOT NULL,
    investigator VARCHAR NOT NULL,
    recorder VARCHAR NOT NULL,
    record TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT fk_investigation_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id) ON DELETE CASCADE
);

CREATE INDEX ix_investigation_case_id ON investigation (case_id);

CREATE TABLE particulars (
    case_id INTEGER,
    form VARCHAR NOT NULL,
    subject_id INTEGER,
    number VARCHAR NOT NULL,
    answers TEXT NOT NULL,
    wording TEXT NOT NULL,
    changed_at DATETIME NOT NULL,
    changed_by VARCHAR NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT fk_particulars_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id) ON DELETE CASCADE
);

CREATE INDEX ix_particulars_case_id ON particulars (case_id);

CREATE INDEX ix_particulars_form ON particulars (form);

CREATE TABLE party (
    case_id INTEGER NOT NULL,
    side VARCHAR(20) NOT NULL,
    type VARCHAR(20) NOT NULL,
    sex VARCHAR(20),
    birth_on DATE,
    ethnicity VARCHAR NOT NULL,
    occupation VARCHAR NOT NULL,
    employer VARCHAR NOT NULL,
    earns BOOLEAN NOT NULL,
    note VARCHAR NOT NULL,
    consented_on DATE,
    name VARCHAR NOT NULL,
    id_kind VARCHAR(20) NOT NULL,
    id_number VARCHAR NOT NULL,
    id_reason VARCHAR NOT NULL,
    phone VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT fk_party_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id) ON DELETE CASCADE
);

CREATE INDEX ix_party_case_id ON party (case_id);

CREATE TABLE revisit (
    case_id INTEGER NOT NULL,
    visited_on DATE NOT NULL,
    way VARCHAR(20) NOT NULL,
    place VARCHAR NOT NULL,
    visited VARCHAR NOT NULL,
    performance VARCHAR(20),
    satisfaction VARCHAR(20),
    record TEXT NOT NULL,
    visitor VARCHAR NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT fk_revisit_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id) ON DELETE CASCADE
);

CREATE INDEX ix_revisit_case_id ON revisit (case_id);

CREATE TABLE session (
    case_id INTEGER NOT NULL,
    held_at DATETIME NOT NULL,
    place VARCHAR NOT NULL,
    mediators VARCHAR NOT NULL,
    recorder VARCHAR NOT NULL,
    attendants VARCHAR NOT NULL,
    record TEXT NOT NULL,
    result VARCHAR(20) NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT fk_session_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id) ON DELETE CASCADE
);

CREATE INDEX ix_session_case_id ON session (case_id);

CREATE TABLE issued_paper (
    case_id INTEGER,
    particulars_id INTEGER,
    form VARCHAR NOT NULL,
    subject_id INTEGER,
    number VARCHAR NOT NULL,
    issued_at DATETIME NOT NULL,
    issued_by VARCHAR NOT NULL,
    blocks TEXT NOT NULL,
    digest VARCHAR NOT NULL,
    facts VARCHAR NOT NULL,
    void_reason TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_issued_paper PRIMARY KEY (id),
    CONSTRAINT fk_issued_paper_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id) ON DELETE CASCADE,
    CONSTRAINT fk_issued_paper_particulars_id_particulars FOREIGN KEY(particulars_id) REFERENCES particulars (id) ON DELETE SET NULL
);

CREATE INDEX ix_issued_paper_case_id ON issued_paper (case_id);

CREATE INDEX ix_issued_paper_digest ON issued_paper (digest);

CREATE INDEX ix_issued_paper_form ON issued_paper (form);

CREATE TABLE item (
    agreement_id INTEGER NOT NULL,
    kind VARCHAR(20) NOT NULL,
    debtor_side VARCHAR(20) NOT NULL,
    debtor_id INTEGER,
    creditor_side VARCHAR(20) NOT NULL,
    creditor_id INTEGER,
    amount BIGINT,
    act TEXT NOT NULL,
    way VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT fk_item_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id) ON DELETE CASCADE,
    CONSTRAINT fk_item_debtor_id_party FOREIGN KEY(debtor_id) REFERENCES party (id) ON DELETE SET NULL,
    CONSTRAINT fk_item_creditor_id_party FOREIGN KEY(creditor_id) REFERENCES party (id) ON DELETE SET NULL
);

CREATE INDEX ix_item_agreement_id ON item (agreement_id);

CREATE TABLE representative (
    party_id INTEGER NOT NULL,
    proxy VARCHAR(20) NOT NULL,
    relation VARCHAR NOT NULL,
    powers VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    id_kind VARCHAR(20) NOT NULL,
    id_number VARCHAR NOT NULL,
    id_reason VARCHAR NOT NULL,
    phone VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT fk_representative_party_id_party FOREIGN KEY(party_id) REFERENCES party (id) ON DELETE CASCADE
);

CREATE INDEX ix_representative_party_id ON representative (party_id);

CREATE TABLE instalment (
    item_id INTEGER NOT NULL,
    due_on DATE,
    amount BIGINT,
    paid_on DATE,
    paid BIGINT,
    voucher VARCHAR NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT fk_instalment_item_id_item FOREIGN KEY(item_id) REFERENCES item (id) ON DELETE CASCADE
);

CREATE INDEX ix_instalment_due_on ON instalment (due_on);

CREATE INDEX ix_instalment_item_id ON instalment (item_id);

CREATE TABLE material (
    case_id INTEGER,
    paper_id INTEGER,
    kind VARCHAR(20) NOT NULL,
    caption VARCHAR NOT NULL,
    provider VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    media VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    digest VARCHAR NOT NULL,
    added_at DATETIME NOT NULL,
    added_by VARCHAR NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT fk_material_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id) ON DELETE CASCADE,
    CONSTRAINT fk_material_paper_id_issued_paper FOREIGN KEY(paper_id) REFERENCES issued_paper (id) ON DELETE CASCADE,
    CONSTRAINT fk_material_digest_content FOREIGN KEY(digest) REFERENCES content (digest)
);

CREATE INDEX ix_material_case_id ON material (case_id);

CREATE INDEX ix_material_digest ON material (digest);

CREATE INDEX ix_material_paper_id ON material (paper_id);

CREATE TABLE signing (
    paper_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    "on" DATE NOT NULL,
    "by" VARCHAR NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_signing PRIMARY KEY (id),
    CONSTRAINT uq_signing_paper_id_place UNIQUE (paper_id, place),
    CONSTRAINT fk_signing_paper_id_issued_paper FOREIGN KEY(paper_id) REFERENCES issued_paper (id) ON DELETE CASCADE
);

CREATE INDEX ix_signing_paper_id ON signing (paper_id);

-- Every character a token of its own, so that a name of two characters is found anywhere in a text.
create virtual table case_words using fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0");

-- What was written into the chain stays as it was; only a destruction list takes away changes, never an entry.
create trigger entry_stays before update on entry when old.hash <> '' begin select raise(abort, 'entries are only added'); end;

create trigger entry_kept before delete on entry begin select raise(abort, 'entries are only added'); end;

create trigger change_stays before update on change begin select raise(abort, 'changes are only added'); end;
