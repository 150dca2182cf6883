package export

import (
	"slices"
	"strings"

	"crosscheck/desk"
)

// keyed are the tables whose rows are found by more than a number of their own. Copies
// of a text share appearances.
var keyed = map[string][]string{
	"appearances": {"appearance_id", "version_id"},
	"places":      {"conflict_id", "place"},
	"positions":   {"conflict_id", "position"},
}

// keyOf is the columns by which a row of a table is found: claim_id of claims, or
// what stands in keyed; nil where nothing finds one row.
func keyOf(t desk.Table) []string {
	if key := keyed[t.Name]; key != nil {
		return key
	}
	if own := numberOf(t.Name); len(t.Columns) > 0 && t.Columns[0].Name == own {
		return []string{own}
	}
	return nil
}

// numberOf is what a column is called that has the number of something in a table:
// claim_id for claims.
func numberOf(table string) string { return strings.TrimSuffix(table, "s") + "_id" }

// referred is the table, of those given, whose rows a column of a table points at; ""
// for none. old_version_id points at versions as version_id does.
func referred(t desk.Table, column string, tables []string) string {
	for _, name := range tables {
		own := numberOf(name)
		if keyed[name] != nil || name == t.Name && column == own {
			continue
		}
		if column == own || strings.HasSuffix(column, "_"+own) || name == "conflicts" && column == "merged_into" {
			return name
		}
	}
	return ""
}

// referredByAll are the tables, of those given, that a table points at with several columns.
func referredByAll(t desk.Table, tables []string) (names []string) {
	for _, name := range tables {
		has := func(column string) bool {
			return slices.ContainsFunc(t.Columns, func(c desk.Column) bool { return c.Name == column })
		}
		if key := keyed[name]; name != t.Name && key != nil && has(key[0]) && has(key[1]) {
			names = append(names, name)
		}
	}
	return names
}
