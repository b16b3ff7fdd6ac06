-- AlterTable
ALTER TABLE "service" ADD COLUMN     "characteristics" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "context" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "links" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "product_owner_id" UUID,
ADD COLUMN     "slo_owner_id" UUID;

-- CreateTable
CREATE TABLE "service_dependency" (
    "service_id" INTEGER NOT NULL,
    "depends_on_id" INTEGER NOT NULL,

    CONSTRAINT "service_dependency_pkey" PRIMARY KEY ("service_id","depends_on_id")
);

-- CreateTable
CREATE TABLE "service_version" (
    "service_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "author" TEXT NOT NULL,
    "author_id" TEXT,
    "changes" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "service_version_pkey" PRIMARY KEY ("service_id","version")
);

-- CreateIndex
CREATE INDEX "service_dependency_depends_on_id_idx" ON "service_dependency"("depends_on_id");

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_slo_owner_id_fkey" FOREIGN KEY ("slo_owner_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_product_owner_id_fkey" FOREIGN KEY ("product_owner_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_dependency" ADD CONSTRAINT "service_dependency_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_dependency" ADD CONSTRAINT "service_dependency_depends_on_id_fkey" FOREIGN KEY ("depends_on_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_version" ADD CONSTRAINT "service_version_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A service that depends on itself is the shortest cycle; longer ones are refused by the command.
ALTER TABLE "service_dependency" ADD CONSTRAINT "service_dependency_not_itself" CHECK ("service_id" <> "depends_on_id");

-- What is known of the services there are is their first version.
INSERT INTO "service_version" ("service_id", "version", "definition", "author", "changes")
SELECT v."id", v."version",
  jsonb_build_object('name', v."name", 'slug', v."slug", 'description', v."description", 'tier', v."tier", 'kind', v."kind",
    'team', t."slug", 'labels', v."labels",
    'links', '{"runbook": null, "dashboard": null, "repository": null}'::jsonb,
    'context', '{"userExpectations": "", "businessImpact": "", "technicalConstraints": ""}'::jsonb,
    'characteristics', '{"revenueImpact": null, "safetyImpact": null, "userFacing": null, "traffic": null}'::jsonb,
    'sloOwner', NULL, 'productOwner', NULL, 'dependencies', '[]'::jsonb),
  'migration', '["Written down"]'
FROM "service" v JOIN "team" t ON t."id" = v."team_id";
