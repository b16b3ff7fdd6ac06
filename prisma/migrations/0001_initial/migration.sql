-- CreateEnum
CREATE TYPE "role" AS ENUM ('viewer', 'engineer', 'slo_owner', 'product_owner', 'administrator');

-- CreateEnum
CREATE TYPE "backfill_state" AS ENUM ('pending', 'running', 'done', 'failed');

-- CreateEnum
CREATE TYPE "tier" AS ENUM ('critical', 'essential', 'standard', 'best_effort');

-- CreateEnum
CREATE TYPE "service_kind" AS ENUM ('api', 'web', 'batch', 'streaming');

-- CreateEnum
CREATE TYPE "budgeting_method" AS ENUM ('occurrences', 'time_slices', 'ratio_time_slices');

-- CreateEnum
CREATE TYPE "no_data_policy" AS ENUM ('ignore', 'count_as_good', 'count_as_bad');

-- CreateEnum
CREATE TYPE "data_source_dialect" AS ENUM ('prometheus', 'prometheus_anchored', 'victoriametrics');

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_type" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "entity_type" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "password_hash" TEXT,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "team_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "id" BIGSERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_token" (
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "setup_token_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slo_evaluation" (
    "slo_id" INTEGER NOT NULL,
    "backfill" "backfill_state" NOT NULL DEFAULT 'pending',
    "backfill_from" INTEGER,
    "backfill_to" INTEGER,
    "backfill_cursor" INTEGER,
    "backfill_error" TEXT,
    "history_from" INTEGER,
    "quarantined_at" TIMESTAMPTZ(3),
    "quarantine_error" TEXT,
    "quarantine_retry" TIMESTAMPTZ(3),
    "good_over_total_at" INTEGER,

    CONSTRAINT "slo_evaluation_pkey" PRIMARY KEY ("slo_id")
);

-- CreateTable
CREATE TABLE "slo_status" (
    "slo_id" INTEGER NOT NULL,
    "ts" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "since" INTEGER NOT NULL,
    "remaining" DOUBLE PRECISION NOT NULL,
    "alert" TEXT,
    "last_data_ts" INTEGER,
    "stale_since" INTEGER,
    "inputs" DOUBLE PRECISION[],
    "ends_1h" INTEGER,
    "ends_6h" INTEGER,
    "ends_24h" INTEGER,
    "back_at" INTEGER,

    CONSTRAINT "slo_status_pkey" PRIMARY KEY ("slo_id")
);

-- CreateTable
CREATE TABLE "slo_trend" (
    "slo_id" INTEGER NOT NULL,
    "ts" INTEGER NOT NULL,
    "points" DOUBLE PRECISION[],

    CONSTRAINT "slo_trend_pkey" PRIMARY KEY ("slo_id")
);

-- CreateTable
CREATE TABLE "shard" (
    "id" INTEGER NOT NULL,
    "owner" TEXT,
    "lease_until" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "next_tick" INTEGER,

    CONSTRAINT "shard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "poller_worker" (
    "id" TEXT NOT NULL,
    "seen" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "poller_worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "measurement_correction" (
    "id" BIGSERIAL NOT NULL,
    "slo_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "from_ts" INTEGER NOT NULL,
    "to_ts" INTEGER NOT NULL,
    "good_delta" DOUBLE PRECISION NOT NULL,
    "total_delta" DOUBLE PRECISION NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "measurement_correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accuracy_sample" (
    "slo_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ledger" DOUBLE PRECISION NOT NULL,
    "one_shot" DOUBLE PRECISION NOT NULL,
    "drift" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "accuracy_sample_pkey" PRIMARY KEY ("slo_id","at")
);

-- CreateTable
CREATE TABLE "team" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "tier" "tier" NOT NULL,
    "kind" "service_kind" NOT NULL,
    "team_id" INTEGER NOT NULL,
    "labels" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_source" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "dialect" "data_source_dialect" NOT NULL DEFAULT 'prometheus',
    "offset_seconds" INTEGER NOT NULL DEFAULT 30,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "stale_since" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "last_ok_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slo" (
    "id" SERIAL NOT NULL,
    "service_id" INTEGER NOT NULL,
    "data_source_id" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "indicator" JSONB NOT NULL,
    "method" "budgeting_method" NOT NULL DEFAULT 'occurrences',
    "slice_target" DOUBLE PRECISION,
    "target" DOUBLE PRECISION NOT NULL,
    "window" JSONB NOT NULL,
    "no_data_policy" "no_data_policy" NOT NULL DEFAULT 'ignore',
    "coverage_floor" DOUBLE PRECISION NOT NULL DEFAULT 0.9,
    "min_events" INTEGER NOT NULL DEFAULT 0,
    "gating" BOOLEAN NOT NULL DEFAULT false,
    "labels" JSONB NOT NULL DEFAULT '{}',
    "shard" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "slo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slo_version" (
    "slo_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "author" TEXT NOT NULL,

    CONSTRAINT "slo_version_pkey" PRIMARY KEY ("slo_id","version")
);

-- CreateTable
CREATE TABLE "error_budget_policy" (
    "id" SERIAL NOT NULL,
    "tier" "tier",
    "settings" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "error_budget_policy_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entry_entity_type_entity_id_at_idx" ON "audit_entry"("entity_type", "entity_id", "at");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "user_session_user_id_idx" ON "user_session"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_attempt_email_at_idx" ON "sign_in_attempt"("email", "at");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE INDEX "slo_status_state_idx" ON "slo_status"("state");

-- CreateIndex
CREATE INDEX "measurement_correction_slo_id_at_idx" ON "measurement_correction"("slo_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "team_slug_key" ON "team"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "service_slug_key" ON "service"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "data_source_name_key" ON "data_source"("name");

-- CreateIndex
CREATE INDEX "slo_shard_idx" ON "slo"("shard");

-- CreateIndex
CREATE UNIQUE INDEX "slo_service_id_slug_key" ON "slo"("service_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "error_budget_policy_tier_key" ON "error_budget_policy"("tier");

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_session" ADD CONSTRAINT "user_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo_evaluation" ADD CONSTRAINT "slo_evaluation_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo_status" ADD CONSTRAINT "slo_status_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo" ADD CONSTRAINT "slo_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo" ADD CONSTRAINT "slo_data_source_id_fkey" FOREIGN KEY ("data_source_id") REFERENCES "data_source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo_version" ADD CONSTRAINT "slo_version_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Cumulative counters per SLO, in four tiers. Prisma does not know these tables: they are partitioned by time, written
-- with unnest and dropped by partition. ts is unix seconds; good and total count since the first measured slot;
-- measured counts one-minute slots with data.
CREATE TABLE "sample_1m" ("ts" INTEGER NOT NULL, "slo_id" INTEGER NOT NULL, "good" DOUBLE PRECISION NOT NULL, "total" DOUBLE PRECISION NOT NULL, "measured" INTEGER NOT NULL, PRIMARY KEY ("ts", "slo_id")) PARTITION BY RANGE ("ts");
CREATE TABLE "sample_5m" ("ts" INTEGER NOT NULL, "slo_id" INTEGER NOT NULL, "good" DOUBLE PRECISION NOT NULL, "total" DOUBLE PRECISION NOT NULL, "measured" INTEGER NOT NULL, PRIMARY KEY ("ts", "slo_id")) PARTITION BY RANGE ("ts");
CREATE TABLE "sample_1h" ("ts" INTEGER NOT NULL, "slo_id" INTEGER NOT NULL, "good" DOUBLE PRECISION NOT NULL, "total" DOUBLE PRECISION NOT NULL, "measured" INTEGER NOT NULL, PRIMARY KEY ("ts", "slo_id")) PARTITION BY RANGE ("ts");
CREATE TABLE "sample_1d" ("ts" INTEGER NOT NULL, "slo_id" INTEGER NOT NULL, "good" DOUBLE PRECISION NOT NULL, "total" DOUBLE PRECISION NOT NULL, "measured" INTEGER NOT NULL, PRIMARY KEY ("ts", "slo_id")) PARTITION BY RANGE ("ts");
CREATE INDEX "sample_1m_slo" ON "sample_1m" ("slo_id", "ts");
CREATE INDEX "sample_5m_slo" ON "sample_5m" ("slo_id", "ts");
CREATE INDEX "sample_1h_slo" ON "sample_1h" ("slo_id", "ts");
CREATE INDEX "sample_1d_slo" ON "sample_1d" ("slo_id", "ts");
-- A clock error must not lose a tick: what fits no partition lands here.
CREATE TABLE "sample_1m_default" PARTITION OF "sample_1m" DEFAULT;
CREATE TABLE "sample_5m_default" PARTITION OF "sample_5m" DEFAULT;
CREATE TABLE "sample_1h_default" PARTITION OF "sample_1h" DEFAULT;
CREATE TABLE "sample_1d_default" PARTITION OF "sample_1d" DEFAULT;

-- Status rows are rewritten every minute; free room in each page keeps the updates off the indexes.
ALTER TABLE "slo_status" SET (fillfactor = 45);
ALTER TABLE "slo_evaluation" SET (fillfactor = 60);
