package store

import (
	"encoding/binary"
	"fmt"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/shopspring/decimal"
)

// decimal is a number with all its digits; null where there is none.
func (b *binaryRows) decimal(types *pgtype.Map, d decimal.NullDecimal) error {
	b.head(pgtype.NumericOID, noSize)
	if !d.Valid {
		return nil
	}
	begun := len(b.out)
	if !b.smallDecimal(d.Decimal) {
		out, err := types.Encode(pgtype.NumericOID, pgtype.BinaryFormatCode, numeric(d), b.out)
		if err != nil {
			return fmt.Errorf("number %s: %w", d.Decimal, err)
		}
		b.out = out
	}
	binary.BigEndian.PutUint32(b.out[begun-4:], uint32(len(b.out)-begun))
	return nil
}

// smallDecimal writes a number of at most fifteen digits, as almost all are, and
// reports whether it did. PostgreSQL has numbers as digits to the base of 10,000: how
// many there are, the power of 10,000 that the first counts, the sign, and how many
// decimals are shown, each in two bytes as the digits are.
func (b *binaryRows) smallDecimal(d decimal.Decimal) bool {
	const base = 10_000
	exponent := int(d.Exponent())
	if d.NumDigits() > 15 || exponent < -maxDigits || exponent > maxDigits {
		return false
	}
	n, sign := d.CoefficientInt64(), uint16(0)
	if n < 0 {
		n, sign = -n, 0x4000
	}
	for ; exponent%4 != 0; exponent-- {
		n *= 10 // three times at most: eighteen digits
	}
	var digits [5]uint16 // from the last one
	count := 0
	for ; n > 0; n /= base {
		digits[count] = uint16(n % base)
		count++
	}
	for _, word := range []uint16{uint16(count), uint16(int16(count - 1 + exponent/4)), sign, uint16(max(0, -int(d.Exponent())))} {
		b.out = binary.BigEndian.AppendUint16(b.out, word)
	}
	for i := range count {
		b.out = binary.BigEndian.AppendUint16(b.out, digits[count-1-i])
	}
	return true
}
