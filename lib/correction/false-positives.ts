/**
 * An incident counts as a false positive only as long as its exclusion is asked for or approved; afterwards it counts again, and its
 * timeline says so. $1: unix seconds.
 */
export const FALSE_POSITIVES_IN_STEP = `
  WITH counts AS (
    UPDATE incident n SET false_positive = false WHERE n.false_positive
      AND NOT EXISTS (SELECT 1 FROM correction c WHERE c.id = n.correction_id AND c.status IN ('requested', 'approved'))
    RETURNING n.id, n.correction_id)
  INSERT INTO incident_event (incident_id, at, kind, text, author_name)
  SELECT n.id, $1::int, 'correction', concat('No false positive any more: ',
    coalesce('exclusion #' || c.id || ' was ' || c.status, 'its exclusion is gone'), '.'), 'Headroom'
  FROM counts n LEFT JOIN correction c ON c.id = n.correction_id`
