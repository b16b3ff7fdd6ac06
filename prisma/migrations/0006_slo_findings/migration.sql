-- CreateTable
CREATE TABLE "slo_finding" (
    "slo_id" INTEGER NOT NULL,
    "check_name" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "since" INTEGER NOT NULL,
    "seen" INTEGER NOT NULL,

    CONSTRAINT "slo_finding_pkey" PRIMARY KEY ("slo_id","check_name")
);

-- CreateTable
CREATE TABLE "slo_check" (
    "slo_id" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "seen" JSONB,
    "seen_at" INTEGER,
    "seen_version" INTEGER,

    CONSTRAINT "slo_check_pkey" PRIMARY KEY ("slo_id")
);

-- AddForeignKey
ALTER TABLE "slo_finding" ADD CONSTRAINT "slo_finding_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo_check" ADD CONSTRAINT "slo_check_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;
