package lexicon

// Load reads all lists anew, to time it.
func Load() { load() }

// Filled is the share of the table's slots that are taken.
func Filled() float64 {
	n := 0
	for i := range lists().slots {
		if lists().slots[i].key != 0 {
			n++
		}
	}
	return float64(n) / slots
}
