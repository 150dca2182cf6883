-- A small store is compared whole again and again while it grows, however slowly.

ALTER TABLE comparison ADD COLUMN drift bigint NOT NULL DEFAULT 0 CHECK (drift >= 0);
COMMENT ON COLUMN comparison.drift IS 'How many documents were compared with their likes alone since all were compared with all.';
