-- CreateEnum
CREATE TYPE "alert_state" AS ENUM ('pending', 'firing', 'resolved');

-- CreateEnum
CREATE TYPE "incident_severity" AS ENUM ('sev1', 'sev2', 'sev3', 'sev4');

-- CreateEnum
CREATE TYPE "incident_status" AS ENUM ('detected', 'acknowledged', 'mitigated', 'resolved', 'reviewed');

-- CreateEnum
CREATE TYPE "incident_origin" AS ENUM ('alert', 'person', 'webhook');

-- CreateEnum
CREATE TYPE "channel_kind" AS ENUM ('email', 'slack', 'webhook', 'alertmanager');

-- CreateEnum
CREATE TYPE "outbox_state" AS ENUM ('waiting', 'sending', 'sent', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "attribution_status" AS ENUM ('proposed', 'confirmed', 'refused');

-- CreateTable
CREATE TABLE "alert_policy" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "settings" JSONB NOT NULL,
    "preset" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_policy_version" (
    "policy_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "author" TEXT NOT NULL,
    "author_id" TEXT,
    "changes" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "alert_policy_version_pkey" PRIMARY KEY ("policy_id","version")
);

-- CreateTable
CREATE TABLE "alert_policy_assignment" (
    "scope" TEXT NOT NULL,
    "policy_id" INTEGER NOT NULL,
    "tier" "tier",
    "service_id" INTEGER,
    "slo_id" INTEGER,

    CONSTRAINT "alert_policy_assignment_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" SERIAL NOT NULL,
    "slo_id" INTEGER NOT NULL,
    "severity" TEXT NOT NULL,
    "long" INTEGER NOT NULL,
    "short" INTEGER NOT NULL,
    "state" "alert_state" NOT NULL,
    "pending_since" INTEGER NOT NULL,
    "fired_at" INTEGER,
    "held_at" INTEGER NOT NULL,
    "gone_since" INTEGER,
    "resolved_at" INTEGER,
    "frozen_since" INTEGER,
    "policy_name" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "evidence" JSONB NOT NULL,
    "end_evidence" JSONB,
    "muted" JSONB,
    "peak_burn" DOUBLE PRECISION,
    "told_at" INTEGER,
    "incident_id" INTEGER,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_event" (
    "id" BIGSERIAL NOT NULL,
    "alert_id" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" JSONB,

    CONSTRAINT "alert_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "severity" "incident_severity" NOT NULL,
    "status" "incident_status" NOT NULL DEFAULT 'detected',
    "origin" "incident_origin" NOT NULL,
    "started_at" INTEGER NOT NULL,
    "detected_at" INTEGER NOT NULL,
    "acknowledged_at" INTEGER,
    "mitigated_at" INTEGER,
    "resolved_at" INTEGER,
    "reviewed_at" INTEGER,
    "commander_id" UUID,
    "suspected_release_id" INTEGER,
    "root_cause" TEXT NOT NULL DEFAULT '',
    "contributing" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "went_well" TEXT NOT NULL DEFAULT '',
    "went_badly" TEXT NOT NULL DEFAULT '',
    "retrospective_at" INTEGER,
    "false_positive" BOOLEAN NOT NULL DEFAULT false,
    "correction_id" INTEGER,
    "opened_by" TEXT NOT NULL,
    "opened_by_name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_service" (
    "incident_id" INTEGER NOT NULL,
    "service_id" INTEGER NOT NULL,

    CONSTRAINT "incident_service_pkey" PRIMARY KEY ("incident_id","service_id")
);

-- CreateTable
CREATE TABLE "incident_impact" (
    "id" SERIAL NOT NULL,
    "incident_id" INTEGER NOT NULL,
    "slo_id" INTEGER NOT NULL,
    "from_ts" INTEGER NOT NULL,
    "to_ts" INTEGER,
    "claimed_by" TEXT,
    "cost" JSONB,

    CONSTRAINT "incident_impact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_event" (
    "id" BIGSERIAL NOT NULL,
    "incident_id" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "detail" JSONB,
    "author_id" TEXT,
    "author_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "incident_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "action_item" (
    "id" SERIAL NOT NULL,
    "incident_id" INTEGER,
    "title" TEXT NOT NULL,
    "owner_id" UUID,
    "due_on" DATE,
    "done_at" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "action_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incoming_alert" (
    "id" SERIAL NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "starts_at" INTEGER NOT NULL,
    "ends_at" INTEGER,
    "status" TEXT NOT NULL,
    "labels" JSONB NOT NULL,
    "annotations" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "received_at" INTEGER NOT NULL,
    "token_name" TEXT NOT NULL,
    "group_key" TEXT NOT NULL DEFAULT '',
    "incident_id" INTEGER,

    CONSTRAINT "incoming_alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "counter_mark" (
    "slo_id" INTEGER NOT NULL,
    "ts" INTEGER NOT NULL,
    "good" DOUBLE PRECISION NOT NULL,
    "total" DOUBLE PRECISION NOT NULL,
    "measured" INTEGER NOT NULL,

    CONSTRAINT "counter_mark_pkey" PRIMARY KEY ("slo_id","ts")
);

-- CreateTable
CREATE TABLE "channel" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "channel_kind" NOT NULL,
    "settings" JSONB NOT NULL,
    "secret" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_route" (
    "id" SERIAL NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "severities" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "tiers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "teams" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "notification_route_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_message" (
    "id" BIGSERIAL NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "notice" JSONB NOT NULL,
    "state" "outbox_state" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leased_until" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempt" (
    "id" BIGSERIAL NOT NULL,
    "message_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ok" BOOLEAN NOT NULL,
    "detail" TEXT NOT NULL,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release" (
    "id" SERIAL NOT NULL,
    "service_id" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "released_at" INTEGER NOT NULL,
    "link" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "created_by" TEXT,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_attribution" (
    "id" SERIAL NOT NULL,
    "release_id" INTEGER NOT NULL,
    "slo_id" INTEGER NOT NULL,
    "from_ts" INTEGER NOT NULL,
    "to_ts" INTEGER NOT NULL,
    "baseline" DOUBLE PRECISION NOT NULL,
    "status" "attribution_status" NOT NULL DEFAULT 'proposed',
    "evidence" JSONB NOT NULL,
    "decided_by" TEXT,
    "decided_by_name" TEXT,
    "decided_at" INTEGER,
    "note" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "release_attribution_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "alert_policy_slug_key" ON "alert_policy"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "alert_policy_name_key" ON "alert_policy"("name");

-- CreateIndex
CREATE INDEX "alert_state_idx" ON "alert"("state");

-- CreateIndex
CREATE INDEX "alert_fired_at_idx" ON "alert"("fired_at");

-- CreateIndex
CREATE INDEX "alert_incident_id_idx" ON "alert"("incident_id");

-- CreateIndex
CREATE UNIQUE INDEX "alert_slo_id_long_severity_pending_since_key" ON "alert"("slo_id", "long", "severity", "pending_since");

-- CreateIndex
CREATE INDEX "alert_event_alert_id_at_idx" ON "alert_event"("alert_id", "at");

-- CreateIndex
CREATE INDEX "incident_status_idx" ON "incident"("status");

-- CreateIndex
CREATE INDEX "incident_started_at_idx" ON "incident"("started_at");

-- CreateIndex
CREATE INDEX "incident_service_service_id_idx" ON "incident_service"("service_id");

-- CreateIndex
CREATE INDEX "incident_impact_incident_id_idx" ON "incident_impact"("incident_id");

-- CreateIndex
CREATE INDEX "incident_impact_slo_id_from_ts_idx" ON "incident_impact"("slo_id", "from_ts");

-- CreateIndex
CREATE INDEX "incident_event_incident_id_at_idx" ON "incident_event"("incident_id", "at");

-- CreateIndex
CREATE INDEX "action_item_incident_id_idx" ON "action_item"("incident_id");

-- CreateIndex
CREATE INDEX "incoming_alert_incident_id_idx" ON "incoming_alert"("incident_id");

-- CreateIndex
CREATE UNIQUE INDEX "incoming_alert_fingerprint_starts_at_key" ON "incoming_alert"("fingerprint", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "channel_name_key" ON "channel"("name");

-- CreateIndex
CREATE INDEX "notification_route_channel_id_idx" ON "notification_route"("channel_id");

-- CreateIndex
CREATE INDEX "outbox_message_state_next_attempt_at_idx" ON "outbox_message"("state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "outbox_message_created_at_idx" ON "outbox_message"("created_at");

-- CreateIndex
CREATE INDEX "outbox_message_channel_id_state_idx" ON "outbox_message"("channel_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_message_channel_id_key_key" ON "outbox_message"("channel_id", "key");

-- CreateIndex
CREATE INDEX "delivery_attempt_message_id_idx" ON "delivery_attempt"("message_id");

-- CreateIndex
CREATE INDEX "release_released_at_idx" ON "release"("released_at");

-- CreateIndex
CREATE UNIQUE INDEX "release_service_id_version_released_at_key" ON "release"("service_id", "version", "released_at");

-- CreateIndex
CREATE INDEX "release_attribution_slo_id_from_ts_idx" ON "release_attribution"("slo_id", "from_ts");

-- CreateIndex
CREATE UNIQUE INDEX "release_attribution_release_id_slo_id_key" ON "release_attribution"("release_id", "slo_id");

-- AddForeignKey
ALTER TABLE "alert_policy_version" ADD CONSTRAINT "alert_policy_version_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "alert_policy"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_policy_assignment" ADD CONSTRAINT "alert_policy_assignment_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "alert_policy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_policy_assignment" ADD CONSTRAINT "alert_policy_assignment_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_policy_assignment" ADD CONSTRAINT "alert_policy_assignment_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_event" ADD CONSTRAINT "alert_event_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_commander_id_fkey" FOREIGN KEY ("commander_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_suspected_release_id_fkey" FOREIGN KEY ("suspected_release_id") REFERENCES "release"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_correction_id_fkey" FOREIGN KEY ("correction_id") REFERENCES "correction"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_service" ADD CONSTRAINT "incident_service_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_service" ADD CONSTRAINT "incident_service_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_impact" ADD CONSTRAINT "incident_impact_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_impact" ADD CONSTRAINT "incident_impact_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_event" ADD CONSTRAINT "incident_event_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action_item" ADD CONSTRAINT "action_item_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action_item" ADD CONSTRAINT "action_item_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incoming_alert" ADD CONSTRAINT "incoming_alert_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "counter_mark" ADD CONSTRAINT "counter_mark_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_route" ADD CONSTRAINT "notification_route_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox_message" ADD CONSTRAINT "outbox_message_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempt" ADD CONSTRAINT "delivery_attempt_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "outbox_message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_attribution" ADD CONSTRAINT "release_attribution_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_attribution" ADD CONSTRAINT "release_attribution_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What has to arrive in order (lib/notify/enqueue.ts, orderOf): an end looks for its beginning.
CREATE INDEX "outbox_message_order_idx" ON "outbox_message" ("channel_id", (CASE split_part("event", '.', 1)
    WHEN 'alert' THEN 'alert ' || coalesce("notice"->'slo'->>'id', '') || ' ' || coalesce("notice"->>'severity', '')
    WHEN 'incident' THEN 'incident ' || coalesce("notice"->>'incidentId', '')
    ELSE NULL END));

-- Time does not run backwards.
ALTER TABLE "incident_impact" ADD CONSTRAINT "incident_impact_order_check" CHECK ("to_ts" >= "from_ts");
ALTER TABLE "release_attribution" ADD CONSTRAINT "release_attribution_order_check" CHECK ("to_ts" > "from_ts");
ALTER TABLE "incoming_alert" ADD CONSTRAINT "incoming_alert_order_check" CHECK ("ends_at" >= "starts_at");

-- What is offered to begin with (lib/alert/presets.ts).
INSERT INTO "alert_policy" ("slug", "name", "description", "settings", "preset") VALUES
    ('workbook', 'Workbook', 'Four pairs by share of the budget: two page, two open a ticket. Fits windows of any length.', '{"pairs":[{"long":3600,"severity":"page","at":{"share":0.02},"minFailures":5,"minEvents":0,"for":0},{"long":21600,"severity":"page","at":{"share":0.05},"minFailures":5,"minEvents":0,"for":0},{"long":86400,"severity":"ticket","at":{"share":0.1},"minFailures":5,"minEvents":0,"for":0},{"long":259200,"severity":"ticket","at":{"share":0.1},"minFailures":5,"minEvents":0,"for":0}],"keepFiring":120,"clearBelow":1,"suppressByDependency":true,"silenceInMaintenance":true}', true),
    ('two-tier', 'Two tiers', 'A fast page and a slow ticket at fixed burn rates. The slow one spends 2.5 % of 30 days, not 10 %.', '{"pairs":[{"long":3600,"short":300,"severity":"page","at":{"burn":14.4},"minFailures":0,"minEvents":0,"for":120},{"long":21600,"short":1800,"severity":"ticket","at":{"burn":3},"minFailures":0,"minEvents":0,"for":900}],"keepFiring":120,"clearBelow":1,"suppressByDependency":true,"silenceInMaintenance":true}', true);
INSERT INTO "alert_policy_version" ("policy_id", "version", "settings", "author")
    SELECT "id", "version", "settings", 'Headroom' FROM "alert_policy";
