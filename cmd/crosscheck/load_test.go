package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"
)

func TestInOrder(t *testing.T) {
	items := make([]int, 500)
	for i := range items {
		items[i] = i
	}
	slowly := func(_ context.Context, n int) int {
		time.Sleep(time.Duration(rand.IntN(300)) * time.Microsecond)
		return n * n
	}

	var got []int
	err := inOrder(t.Context(), items, slowly, func(n int) error { got = append(got, n); return nil })
	if err != nil || len(got) != len(items) {
		t.Fatalf("%d results, %v", len(got), err)
	}
	for i, n := range got {
		if n != i*i {
			t.Fatalf("result %d is %d, want %d", i, n, i*i)
		}
	}

	full := errors.New("disk full")
	if err := inOrder(t.Context(), items, slowly, func(int) error { return full }); !errors.Is(err, full) {
		t.Errorf("an error of emit came out as %v", err)
	}

	ctx, cancel := context.WithCancel(t.Context())
	err = inOrder(ctx, items, slowly, func(n int) error {
		if n == 100 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
