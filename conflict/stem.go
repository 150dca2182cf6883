package conflict

import "strings"

// stem cuts a lower-case word to what its inflections share: "killed" and
// "killing" to "kill", "countries" and "country" to "country", "announces" and
// "announced" to "announc". It is weaker than Porter's on purpose: "general"
// and "generation" stay apart.
func stem(w string) string {
	w = strings.TrimSuffix(w, "'s")
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"), len(w) > 4 && strings.HasSuffix(w, "ied"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
	case len(w) > 3 && strings.HasSuffix(w, "s"):
		w = w[:len(w)-1]
	}
	switch {
	case len(w) > 3 && strings.HasSuffix(w, "eed"):
	case len(w) > 3 && strings.HasSuffix(w, "ed") && hasVowel(w[:len(w)-2]):
		w = single(w[:len(w)-2])
	case len(w) > 5 && strings.HasSuffix(w, "ing") && hasVowel(w[:len(w)-3]):
		w = single(w[:len(w)-3])
	}
	if len(w) > 2 && strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "ee") {
		w = w[:len(w)-1]
	}
	return w
}

func hasVowel(w string) bool { return strings.ContainsAny(w, "aeiouy") }

// single undoes the doubling before -ed and -ing: "stopp" to "stop", but
// "kill", "pass" and "buzz" double by themselves.
func single(w string) string {
	n := len(w)
	if n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("lsz", rune(w[n-1])) {
		return w[:n-1]
	}
	return w
}
