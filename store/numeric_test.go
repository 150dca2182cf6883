package store

import (
	"encoding/binary"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/store/storetest"
)

// TestDecimalsAreWhatTheServerReads has the server say what was written, with as many
// decimals as were given.
func TestDecimalsAreWhatTheServerReads(t *testing.T) {
	conn := storetest.Connect(t, storetest.New(t))
	for _, digits := range []string{
		"0", "1", "9", "10", "12", "123", "9999", "10000", "10001", "12345", "99999999", "100000000", "1234567890",
		"123456789012345", "999999999999999", "1000000000000000", "1234567890123456789012345678901234567890",
	} {
		for _, power := range []int32{0, 1, 2, 3, 4, 5, 7, 8, 30, 999, -1, -2, -3, -4, -5, -6, -7, -8, -9, -20, -999} {
			for _, sign := range []string{"", "-"} {
				d := decimal.RequireFromString(sign + digits).Shift(power)
				var b binaryRows
				if err := b.decimal(conn.TypeMap(), claim.Number(d)); err != nil {
					t.Fatal(err)
				}
				if size := binary.BigEndian.Uint32(b.out); int(size) != len(b.out)-4 {
					t.Fatalf("%se%d: %d bytes, said to be %d", sign+digits, power, len(b.out)-4, size)
				}
				got := conn.PgConn().ExecParams(t.Context(), "SELECT $1::numeric::text", [][]byte{b.out[4:]}, []uint32{pgtype.NumericOID}, []int16{pgtype.BinaryFormatCode}, nil).Read()
				if got.Err != nil {
					t.Fatalf("%se%d: %v", sign+digits, power, got.Err)
				}
				want := d.StringFixed(max(0, -d.Exponent()))
				if d.IsZero() {
					want = strings.TrimPrefix(want, "-")
				}
				if string(got.Rows[0][0]) != want {
					t.Errorf("%se%d: the server reads %s, want %s", sign+digits, power, got.Rows[0][0], want)
				}
			}
		}
	}
}
