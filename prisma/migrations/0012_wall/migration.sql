-- CreateTable
CREATE TABLE "wall_link" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "team_id" INTEGER,
    "tier" "tier",
    "created_by" TEXT NOT NULL,
    "maker_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,

    CONSTRAINT "wall_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "wall_link_hash_key" ON "wall_link"("hash");

-- AddForeignKey
ALTER TABLE "wall_link" ADD CONSTRAINT "wall_link_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wall_link" ADD CONSTRAINT "wall_link_maker_id_fkey" FOREIGN KEY ("maker_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "wall_link"
  ADD CONSTRAINT "wall_link_has_a_name" CHECK ("name" <> ''),
  ADD CONSTRAINT "wall_link_keeps_no_secret" CHECK ("hash" ~ '^[0-9a-f]{64}$' AND length("prefix") <= 9),
  ADD CONSTRAINT "wall_link_revoked_by_somebody" CHECK (("revoked_at" IS NULL) = ("revoked_by" IS NULL));
