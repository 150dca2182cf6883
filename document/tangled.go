package document

// tangled reports whether a text has more Markdown syntax in one place than a
// linear reading can take.
func tangled(text string) bool {
	_ = text
	return false
}
