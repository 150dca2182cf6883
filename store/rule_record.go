package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
)

// A rule's name is counted whatever version made the claim, and beside whatever others.
const (
	countRulePlaces = `
SELECT split_part(one.rule, '@', 1) AS rule, sum(by_rule.n)::bigint AS n
FROM (SELECT a.rule, count(*) AS n FROM appearance a JOIN version v ON v.reading = a.reading AND v.current GROUP BY a.rule) AS by_rule,
     unnest(string_to_array(by_rule.rule, ' ')) AS one (rule)
GROUP BY 1`

	countRuleConflicts = `
SELECT rule, count(*) FILTER (WHERE box = 'waiting' AND severity >= @shown) AS conflicts, count(*) FILTER (WHERE verdict <> '') AS reviewed
FROM (SELECT DISTINCT q.conflict, q.box, q.severity, q.verdict, split_part(one.rule, '@', 1) AS rule
      FROM queue q
      JOIN member m ON m.conflict = q.conflict
      JOIN appearance a ON a.id = m.appearance,
           unnest(string_to_array(a.rule, ' ')) AS one (rule)
      WHERE q.box = 'waiting' AND q.severity >= @shown OR q.verdict <> '') AS part
GROUP BY rule`

	countWrong = `SELECT split_part(detail, '@', 1) AS rule, count(*) AS n FROM review WHERE verdict = 'misread' GROUP BY 1`
)

// RuleRecords is rules, in their order, with how often they made claims and how
// often reviewers called them wrong.
func (s *Store) RuleRecords(ctx context.Context, rules []claim.Rule) ([]desk.RuleRecord, error) {
	type countRow struct {
		Rule string
		N    int
	}
	type partRow struct {
		Rule                string
		Conflicts, Reviewed int
	}
	args := pgx.NamedArgs{"shown": conflict.ShownFrom}
	var records []desk.RuleRecord
	err := s.snapshot(ctx, func(tx pgx.Tx) error {
		records = make([]desk.RuleRecord, len(rules))
		at := make(map[string]*desk.RuleRecord, len(rules))
		for i, r := range rules {
			records[i] = desk.RuleRecord{Name: r.Name, Version: r.Version, Intent: r.Intent, Example: r.Example}
			at[r.Name] = &records[i]
		}
		for _, count := range []struct {
			what, sql string
			into      func(*desk.RuleRecord) *int
		}{
			{"places of rules", countRulePlaces, func(r *desk.RuleRecord) *int { return &r.Places }},
			{"rules called wrong", countWrong, func(r *desk.RuleRecord) *int { return &r.Wrong }},
		} {
			rows, err := collect[countRow](ctx, tx, count.what, count.sql, nil)
			if err != nil {
				return err
			}
			for _, row := range rows {
				if r := at[row.Rule]; r != nil { // one that the program no longer has is left out
					*count.into(r) = row.N
				}
			}
		}
		parts, err := collect[partRow](ctx, tx, "conflicts of rules", countRuleConflicts, args)
		if err != nil {
			return err
		}
		for _, row := range parts {
			if r := at[row.Rule]; r != nil {
				r.Conflicts, r.Reviewed = row.Conflicts, row.Reviewed
			}
		}
		return nil
	})
	return records, err
}
