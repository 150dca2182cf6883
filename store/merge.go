package store

import (
	"context"
	"maps"
	"time"

	"crosscheck/desk"
)

// Merge declares that other conflicts ask what one of them asks. They go on as
// they are, stand as that one does, and what is new about them opens it again.
func (s *Store) Merge(ctx context.Context, who string, at time.Time, into desk.Target, others []desk.Target, note string) (desk.Act, error) {
	on := append([]desk.Target{into}, others...)
	return s.enactOn(ctx, desk.Act{At: at, Who: who, What: desk.Merge, Note: note}, on, func(d *deed, ids []int64) error {
		if len(ids) < 2 {
			return refused("choose another conflict to merge with")
		}
		if err := d.notMerged(ids); err != nil {
			return err
		}
		ground, err := grounds(ctx, d.tx, ids)
		if err != nil {
			return err
		}
		one := d.change(ids[0])
		for _, other := range ids[1:] {
			for id, c := range d.at {
				if id == other || c.MergedInto == name(other) {
					d.change(id).MergedInto = name(ids[0])
				}
			}
			ground[ids[0]].add(ground[other])
		}
		if one.Verdict != "" { // whoever merged them has seen what came with them
			one.Basis = ground[ids[0]].basis()
		}
		return nil
	})
}

// add adds what another ground has.
func (g *ground) add(o *ground) {
	g.answers = append(g.answers, o.answers...)
	g.origins += o.origins
	maps.Copy(g.parts, o.parts)
	maps.Copy(g.rules, o.rules)
}
