-- Views for people who ask in SQL. Their columns are a promise: queries of editors,
-- dashboards and spreadsheets stand on them, so columns are added and never renamed.
--
-- The views run with their owner's rights, and crosscheck_reader (schema/readers.go)
-- has rights on nothing else. None of them leaves out a row that its reader must not
-- see, and a reader can make no function, so a security barrier would guard nothing
-- and cost the use of indexes.

CREATE SCHEMA report;
COMMENT ON SCHEMA report IS 'What crosscheck knows, for editors: views with columns that stay. docs/reporting.md has questions and their queries.';

-- Values in words are made here and not stored: a stored column would cost a
-- million claims their room, and be old whenever a word is chosen better. A test
-- holds these functions to the words that the program prints.

CREATE FUNCTION report.number_in_words(n numeric, sign text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    rest numeric := abs(n);
    many text := '';
    t    text;
BEGIN
    -- "3.8 billion" where that leaves at most three places.
    IF rest >= 1000000000000 THEN
        IF rest * 0.000000000001 = round(rest * 0.000000000001, 3) THEN rest := rest * 0.000000000001; many := ' trillion'; END IF;
    ELSIF rest >= 1000000000 THEN
        IF rest * 0.000000001 = round(rest * 0.000000001, 3) THEN rest := rest * 0.000000001; many := ' billion'; END IF;
    ELSIF rest >= 1000000 THEN
        IF rest * 0.000001 = round(rest * 0.000001, 3) THEN rest := rest * 0.000001; many := ' million'; END IF;
    END IF;
    IF scale(rest) > 8 THEN
        rest := round(rest, 4);
    END IF;
    t := trim_scale(rest)::text;
    RETURN CASE WHEN n < 0 THEN '−' ELSE '' END || sign
        || regexp_replace(split_part(t, '.', 1), '(\d)(?=(\d{3})+$)', '\1,', 'g')
        || CASE WHEN t LIKE '%.%' THEN '.' || split_part(t, '.', 2) ELSE '' END || many;
END $$;
COMMENT ON FUNCTION report.number_in_words IS 'A number with commas and a scale word, the sign of a currency before it: $3.8 billion.';

CREATE FUNCTION report.quantity_in_words(number numeric, low numeric, high numeric, low_open boolean, high_open boolean, unit text, per text, approximate boolean) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    sign  text := '{"AUD":"A$","BRL":"R$","CAD":"C$","EUR":"€","GBP":"£","HKD":"HK$","ILS":"₪","INR":"₹","JPY":"¥","KRW":"₩","NGN":"₦","NZD":"NZ$","PHP":"₱","SGD":"S$","TWD":"NT$","UAH":"₴","USD":"$","VND":"₫","XXX":""}'::jsonb ->> unit;
    word  text;
    about text := CASE WHEN approximate THEN 'about ' ELSE '' END;
    hedge text;
BEGIN
    -- What the bounds leave open.
    IF number IS NULL AND low IS NOT NULL AND high IS NOT NULL THEN
        hedge := about;
    ELSE
        IF number IS NULL THEN
            about := '';
        END IF;
        hedge := CASE
            WHEN low IS NOT NULL AND high IS NULL AND low_open THEN 'more than ' || about
            WHEN low IS NOT NULL AND high IS NULL THEN 'at least ' || about
            WHEN high IS NOT NULL AND low IS NULL AND high_open THEN 'less than ' || about
            WHEN high IS NOT NULL AND low IS NULL THEN 'up to ' || about
            WHEN approximate AND high_open AND high = number THEN 'nearly '
            WHEN approximate AND low_open AND low = number THEN 'just over '
            ELSE about
        END;
    END IF;
    -- A currency stands before the number, another unit behind it. XXX is one that the
    -- words leave open.
    IF sign IS NULL AND unit ~ '^(ADP|AED|AFA|AFN|ALK|ALL|AMD|ANG|AOA|AOK|AON|AOR|ARA|ARL|ARM|ARP|ARS|ATS|AWG|AZM|AZN|BAD|BAM|BAN|BBD|BDT|BEC|BEF|BEL|BGL|BGM|BGN|BGO|BHD|BIF|BMD|BND|BOB|BOL|BOP|BOV|BRB|BRC|BRE|BRN|BRR|BRZ|BSD|BTN|BUK|BWP|BYB|BYN|BYR|BZD|CDF|CHE|CHF|CHW|CLE|CLF|CLP|CNH|CNX|CNY|COP|COU|CRC|CSD|CSK|CUC|CUP|CVE|CYP|CZK|DDM|DEM|DJF|DKK|DOP|DZD|ECS|ECV|EEK|EGP|ERN|ESA|ESB|ESP|ETB|FIM|FJD|FKP|FRF|GEK|GEL|GHC|GHS|GIP|GMD|GNF|GNS|GQE|GRD|GTQ|GWE|GWP|GYD|HNL|HRD|HRK|HTG|HUF|IDR|IEP|ILP|ILR|IQD|IRR|ISJ|ISK|ITL|JMD|JOD|KES|KGS|KHR|KMF|KPW|KRH|KRO|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LTL|LTT|LUC|LUF|LUL|LVL|LVR|LYD|MAD|MAF|MCF|MDC|MDL|MGA|MGF|MKD|MKN|MLF|MMK|MNT|MOP|MRO|MRU|MTL|MTP|MUR|MVP|MVR|MWK|MXN|MXP|MXV|MYR|MZE|MZM|MZN|NAD|NIC|NIO|NLG|NOK|NPR|OMR|PAB|PEI|PEN|PES|PGK|PKR|PLN|PLZ|PTE|PYG|QAR|RHD|ROL|RON|RSD|RUB|RUR|RWF|SAR|SBD|SCR|SDD|SDG|SDP|SEK|SHP|SIT|SKK|SLE|SLL|SOS|SRD|SRG|SSP|STD|STN|SUR|SVC|SYP|SZL|THB|TJR|TJS|TMM|TMT|TND|TOP|TPE|TRL|TRY|TTD|TZS|UAK|UGS|UGX|USN|USS|UYI|UYP|UYU|UZS|VEB|VEF|VES|VNN|VUV|WST|XAF|XAG|XAU|XBA|XBB|XBC|XBD|XBT|XCD|XCG|XDR|XEU|XFO|XFU|XOF|XPD|XPF|XPT|XRE|XSU|XTS|XUA|XXX|YDD|YER|YUD|YUM|YUN|YUR|ZAL|ZAR|ZMK|ZMW|ZRN|ZRZ|ZWD|ZWG|ZWL|ZWR)$' THEN
        sign := unit || ' ';
    END IF;
    word := CASE
        WHEN unit = '' OR sign IS NOT NULL THEN ''
        ELSE '{"%":"%","1":"","Cel":" °C","GW.h":" GWh","MW.h":" MWh","TW.h":" TWh","[acr_us]":" acres","[bbl_us]":" barrels","[degF]":" °F","[ft_i]":" ft","[ft_i]2":" sq ft","[gal_us]":" gallons","[in_i]":" in","[kn_i]":" knots","[lb_av]":" lb","[mi_i]":" miles","[mi_i]/h":" mph","[mi_i]2":" sq mi","[nmi_i]":" nautical miles","[oz_av]":" oz","[ston_av]":" short tons","[yd_i]":" yd","bp":" basis points","deg":"°","fold":"-fold","har":" ha","kW.h":" kWh","km2":" km²","km3":" km³","m2":" m²","m3":" m³","pp":" percentage points"}'::jsonb ->> unit
    END;
    IF word IS NULL THEN
        word := coalesce('{"a":"year","d":"day","h":"hour","min":"minute","mo":"month","s":"second","wk":"week"}'::jsonb ->> unit, unit);
        IF word = unit AND octet_length(unit) <= 40 AND unit ~ '^(?:(?:\[stone_av\]|\[lton_av\]|\[ston_av\]|\[acr_us\]|\[bbl_us\]|\[cup_us\]|\[foz_us\]|\[fur_us\]|\[gal_br\]|\[gal_us\]|\[tbs_us\]|\[tsp_us\]|\[bu_us\]|\[car_m\]|\[fth_i\]|\[lb_av\]|\[nmi_i\]|\[oz_av\]|\[oz_tr\]|\[pt_br\]|\[pt_us\]|\[qt_us\]|\[sft_i\]|\[degF\]|\[ft_i\]|\[in_i\]|\[kn_i\]|\[mi_i\]|\[ppth\]|\[yd_i\]|\[Btu\]|\[ppb\]|\[ppm\]|\[psi\]|m\[Hg\]|\[HP\]|\[ly\]|circ|Cel|bar|bit|cal|deg|har|min|mol|rad|AU|Ao|Bq|By|Gy|Hz|Pa|Sv|bp|cd|dB|eV|mo|pc|pp|wk|%|1|A|J|K|N|V|W|a|d|g|h|l|m|s|t)|(?:da|[kMGTPEhdcmunpfa])(?:\[Btu\]|m\[Hg\]|bar|bit|cal|mol|rad|Bq|By|Gy|Hz|Pa|Sv|cd|eV|pc|A|J|N|V|W|g|l|m|s|t))[2-4]?(?:[./](?:(?:\[stone_av\]|\[lton_av\]|\[ston_av\]|\[acr_us\]|\[bbl_us\]|\[cup_us\]|\[foz_us\]|\[fur_us\]|\[gal_br\]|\[gal_us\]|\[tbs_us\]|\[tsp_us\]|\[bu_us\]|\[car_m\]|\[fth_i\]|\[lb_av\]|\[nmi_i\]|\[oz_av\]|\[oz_tr\]|\[pt_br\]|\[pt_us\]|\[qt_us\]|\[sft_i\]|\[degF\]|\[ft_i\]|\[in_i\]|\[kn_i\]|\[mi_i\]|\[ppth\]|\[yd_i\]|\[Btu\]|\[ppb\]|\[ppm\]|\[psi\]|m\[Hg\]|\[HP\]|\[ly\]|circ|Cel|bar|bit|cal|deg|har|min|mol|rad|AU|Ao|Bq|By|Gy|Hz|Pa|Sv|bp|cd|dB|eV|mo|pc|pp|wk|%|1|A|J|K|N|V|W|a|d|g|h|l|m|s|t)|(?:da|[kMGTPEhdcmunpfa])(?:\[Btu\]|m\[Hg\]|bar|bit|cal|mol|rad|Bq|By|Gy|Hz|Pa|Sv|cd|eV|pc|A|J|N|V|W|g|l|m|s|t))[2-4]?)*$' THEN
            word := ' ' || unit;
        ELSIF number = 1 THEN
            word := ' ' || word;
        ELSE
            word := ' ' || coalesce('{"aircraft":"aircraft","child":"children","crisis":"crises","data":"data","fish":"fish","foot":"feet","life":"lives","man":"men","person":"people","personnel":"personnel","police":"police","remains":"remains","series":"series","sheep":"sheep","species":"species","staff":"staff","woman":"women"}'::jsonb ->> word,
                CASE
                    WHEN word ~ '[^aeiou]y$' THEN left(word, -1) || 'ies'
                    WHEN word ~ '(s|x|ch|sh)$' THEN word || 'es'
                    ELSE word || 's'
                END);
        END IF;
    END IF;
    sign := coalesce(sign, '');
    RETURN hedge
        || CASE
            WHEN number IS NOT NULL THEN report.number_in_words(number, sign)
            WHEN low IS NOT NULL AND high IS NOT NULL THEN report.number_in_words(low, sign) || ' to ' || report.number_in_words(high, sign)
            ELSE coalesce(report.number_in_words(coalesce(low, high), sign), 'an unknown number')
        END
        || word
        || CASE
            WHEN coalesce(per, '') = '' THEN ''
            WHEN per = 'hour' THEN ' an hour'
            WHEN per = 'unit' THEN ' each'
            WHEN per IN ('year', 'month', 'week', 'day', 'person', 'barrel', 'share', 'minute', 'quarter', 'night', 'ticket', 'gallon', 'tonne') THEN ' a ' || per
            ELSE ' per ' || per
        END;
END $$;
COMMENT ON FUNCTION report.quantity_in_words IS 'A quantity as a person would write it: about 4,000 soldiers, $3.8 billion a year.';

CREATE FUNCTION report.period_in_words(first date, last date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE
    WHEN first IS NULL AND last IS NULL THEN ''
    WHEN last IS NULL THEN 'from ' || to_char(first::timestamp, 'FMDD FMMonth YYYY')
    WHEN first IS NULL THEN 'until ' || to_char(last::timestamp, 'FMDD FMMonth YYYY')
    WHEN first = last THEN to_char(first::timestamp, 'FMDD FMMonth YYYY')
    WHEN to_char(first::timestamp, 'MMDD') = '0101' AND to_char(last::timestamp, 'MMDD') = '1231' THEN
        extract(year FROM first)::text || CASE WHEN extract(year FROM first) = extract(year FROM last) THEN '' ELSE ' to ' || extract(year FROM last)::text END
    WHEN extract(day FROM first) = 1 AND last = (first + interval '1 month' - interval '1 day')::date THEN to_char(first::timestamp, 'FMMonth YYYY')
    ELSE to_char(first::timestamp, 'FMDD FMMonth YYYY') || ' to ' || to_char(last::timestamp, 'FMDD FMMonth YYYY')
END $$;
COMMENT ON FUNCTION report.period_in_words IS 'A time in words: July 2020, 2019 to 2028, from 3 May 2021.';

CREATE FUNCTION report.value_in_words(number numeric, low numeric, high numeric, low_open boolean, high_open boolean, unit text, per text, approximate boolean,
    date_from date, date_to date, name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE
    WHEN unit IS NOT NULL THEN report.quantity_in_words(number, low, high, low_open, high_open, unit, per, approximate)
    WHEN name IS NOT NULL THEN name
    ELSE report.period_in_words(date_from, date_to)
END $$;
COMMENT ON FUNCTION report.value_in_words IS 'The value of a claim or of an answer in words.';

CREATE FUNCTION report.verdict_in_words(verdict text, detail text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE verdict
    WHEN 'real' THEN 'the sources disagree'
    WHEN 'same' THEN 'one thing, said differently'
    WHEN 'different' THEN 'different things' || CASE WHEN detail = '' THEN '' ELSE ': another ' || detail END
    WHEN 'superseded' THEN 'a later figure replaces the earlier'
    WHEN 'misread' THEN 'misread by the program' || CASE WHEN detail = '' THEN '' ELSE ': ' || detail END
    WHEN 'scope' THEN 'out of scope'
END $$;
COMMENT ON FUNCTION report.verdict_in_words IS 'A verdict in words; null for none.';

-- A value in JSON is that of some columns where all that it says is the same.
CREATE FUNCTION report.is_value(value jsonb, number numeric, low numeric, high numeric, low_open boolean, high_open boolean, unit text, per text,
    approximate boolean, bound boolean, change smallint, date_from date, date_to date, name text, name_type text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT jsonb_typeof(value) = 'object'
   AND (value ->> 'name') IS NOT DISTINCT FROM name
   AND (value ->> 'type') IS NOT DISTINCT FROM name_type
   AND (value ->> 'from')::date IS NOT DISTINCT FROM date_from
   AND (value ->> 'to')::date IS NOT DISTINCT FROM date_to
   AND (value ->> 'number')::numeric IS NOT DISTINCT FROM number
   AND (value ->> 'low')::numeric IS NOT DISTINCT FROM low
   AND (value ->> 'high')::numeric IS NOT DISTINCT FROM high
   AND coalesce(value ->> 'unit', '') = coalesce(unit, '')
   AND coalesce(value ->> 'per', '') = coalesce(per, '')
   AND coalesce((value ->> 'low_open')::boolean, false) = coalesce(low_open, false)
   AND coalesce((value ->> 'high_open')::boolean, false) = coalesce(high_open, false)
   AND coalesce((value ->> 'approximate')::boolean, false) = coalesce(approximate, false)
   AND coalesce((value ->> 'bound')::boolean, false) = coalesce(bound, false)
   AND coalesce((value ->> 'change')::integer, 0) = coalesce(change, 0)
$$;
COMMENT ON FUNCTION report.is_value IS 'Whether a value, as JSON has it, is the one in the columns of a position.';

CREATE VIEW report.documents AS
SELECT d.id AS document_id, s.id AS source_id, s.name AS source, d.title, d.given AS document, d.address, d.published, d.retrieved,
       (SELECT min(v.first_seen) FROM version v WHERE v.document = d.id) AS first_seen, latest.last_seen,
       (SELECT count(*) FROM version v WHERE v.document = d.id) AS versions,
       (SELECT count(*) FROM edit e WHERE e.document = d.id) AS edits,
       (SELECT count(DISTINCT a.claim) FROM appearance a WHERE a.reading = latest.reading) AS claims,
       r.format, r.language, coalesce(r.failure, '') AS failure, encode(latest.sha256, 'hex') AS sha256
FROM document d
JOIN source s ON s.id = d.source
LEFT JOIN version latest ON latest.document = d.id AND latest.current
LEFT JOIN reading r ON r.id = latest.reading;
COMMENT ON VIEW report.documents IS 'Documents: each thing that a source published, at one address, as it is now.';
COMMENT ON COLUMN report.documents.document_id IS 'Number of the document.';
COMMENT ON COLUMN report.documents.source_id IS 'Number of its source.';
COMMENT ON COLUMN report.documents.source IS 'Who published it.';
COMMENT ON COLUMN report.documents.title IS 'Its title; empty where it has none.';
COMMENT ON COLUMN report.documents.document IS 'The path or address as it was last given; what results of the program call it.';
COMMENT ON COLUMN report.documents.address IS 'Where it stands: an absolute path or a normalised web address.';
COMMENT ON COLUMN report.documents.published IS 'The day it was published; null where unknown.';
COMMENT ON COLUMN report.documents.retrieved IS 'When its bytes were fetched, where the sources file says so.';
COMMENT ON COLUMN report.documents.first_seen IS 'When a run first met it.';
COMMENT ON COLUMN report.documents.last_seen IS 'When a run last met it as it is now.';
COMMENT ON COLUMN report.documents.versions IS 'How many different bytes it has had.';
COMMENT ON COLUMN report.documents.edits IS 'How often it was found with other bytes than before.';
COMMENT ON COLUMN report.documents.claims IS 'How many different claims it makes now.';
COMMENT ON COLUMN report.documents.format IS 'What it was read as: text, markdown, html.';
COMMENT ON COLUMN report.documents.language IS 'Its language, a BCP 47 tag; empty where the text is too short to tell.';
COMMENT ON COLUMN report.documents.failure IS 'Why it could not be read; empty where it was.';
COMMENT ON COLUMN report.documents.sha256 IS 'SHA-256 of its bytes, in hex.';

CREATE VIEW report.versions AS
SELECT v.id AS version_id, d.id AS document_id, s.id AS source_id, s.name AS source, d.title, d.given AS document,
       v.first_seen, v.last_seen, v.current, encode(v.sha256, 'hex') AS sha256, c.size, c.dropped IS NULL AS kept, c.dropped,
       r.reader, r.rules, coalesce(r.failure, '') AS failure
FROM version v
JOIN document d ON d.id = v.document
JOIN source s ON s.id = d.source
JOIN content c ON c.sha256 = v.sha256
JOIN reading r ON r.id = v.reading;
COMMENT ON VIEW report.versions IS 'Versions of documents: the bytes that each had when it was retrieved, and since when.';
COMMENT ON COLUMN report.versions.version_id IS 'Number of the version.';
COMMENT ON COLUMN report.versions.document_id IS 'Number of the document.';
COMMENT ON COLUMN report.versions.source_id IS 'Number of its source.';
COMMENT ON COLUMN report.versions.source IS 'Who published it.';
COMMENT ON COLUMN report.versions.title IS 'The title of the document.';
COMMENT ON COLUMN report.versions.document IS 'The path or address as it was last given.';
COMMENT ON COLUMN report.versions.first_seen IS 'When a run first met these bytes here.';
COMMENT ON COLUMN report.versions.last_seen IS 'When a run last met these bytes here.';
COMMENT ON COLUMN report.versions.current IS 'Whether the document has these bytes now; true for one version of each.';
COMMENT ON COLUMN report.versions.sha256 IS 'SHA-256 of the bytes, in hex: who has the bytes can check it.';
COMMENT ON COLUMN report.versions.size IS 'Number of bytes.';
COMMENT ON COLUMN report.versions.kept IS 'Whether the archive still has the bytes.';
COMMENT ON COLUMN report.versions.dropped IS 'When the archive gave them up; null while it has them.';
COMMENT ON COLUMN report.versions.reader IS 'What read them, with its version.';
COMMENT ON COLUMN report.versions.rules IS 'The version of the rules that found its claims.';
COMMENT ON COLUMN report.versions.failure IS 'Why they could not be read; empty where they were.';

CREATE VIEW report.claims AS
SELECT encode(c.id, 'hex') AS claim_id, c.kind, c.subject, c.attribute,
       CASE c.polarity WHEN 'negated' THEN 'not ' ELSE '' END || report.value_in_words(c.number, c.low, c.high, c.low_open, c.high_open, c.unit, c.per, c.approximate, c.date_from, c.date_to, c.name)
           || CASE WHEN c.time_from IS NULL AND c.time_to IS NULL THEN '' ELSE ' (' || report.period_in_words(c.time_from, c.time_to) || ')' END AS says,
       report.value_in_words(c.number, c.low, c.high, c.low_open, c.high_open, c.unit, c.per, c.approximate, c.date_from, c.date_to, c.name) AS value,
       c.number, c.low, c.high, c.unit, c.per, c.approximate, c.bound,
       CASE c.change WHEN 1 THEN 'rise' WHEN -1 THEN 'fall' WHEN 0 THEN 'level' END AS change, c.date_from, c.date_to, c.name, c.name_type,
       c.time_from, c.time_to, array_to_string(c.scope, '; ') AS scope, c.polarity, c.first_seen,
       (SELECT max(v.last_seen) FROM appearance a JOIN version v ON v.reading = a.reading WHERE a.claim = c.id) AS last_seen,
       EXISTS (SELECT FROM appearance a JOIN version v ON v.reading = a.reading WHERE a.claim = c.id AND v.current) AS current,
       (SELECT count(*) FROM appearance a JOIN version v ON v.reading = a.reading WHERE a.claim = c.id AND v.current) AS places,
       (SELECT count(DISTINCT d.source) FROM appearance a JOIN version v ON v.reading = a.reading JOIN document d ON d.id = v.document
        WHERE a.claim = c.id AND v.current) AS sources
FROM claim c;
COMMENT ON VIEW report.claims IS 'Claims: what is said, once, however many documents say it.';
COMMENT ON COLUMN report.claims.claim_id IS 'Its identity: SHA-256 of what is said, in hex. The same in every database.';
COMMENT ON COLUMN report.claims.kind IS 'What it gives: number, date or entity.';
COMMENT ON COLUMN report.claims.subject IS 'What it is about; empty where the text does not tell.';
COMMENT ON COLUMN report.claims.attribute IS 'What is said of the subject; of an entity claim the relation.';
COMMENT ON COLUMN report.claims.says IS 'Its value with "not" before what it denies and the time for which it holds behind: "$3.8 billion a year (2016)".';
COMMENT ON COLUMN report.claims.value IS 'Its value in words: "$3.8 billion a year", "July 2020", a name.';
COMMENT ON COLUMN report.claims.number IS 'The number as said, in the unit beside it; null for a range and for other kinds.';
COMMENT ON COLUMN report.claims.low IS 'The least that the words can mean; null where open.';
COMMENT ON COLUMN report.claims.high IS 'The most that the words can mean; null where open.';
COMMENT ON COLUMN report.claims.unit IS 'An ISO 4217 code (money in the main unit), a UCUM code or the counted noun; empty for a bare number, null for other kinds.';
COMMENT ON COLUMN report.claims.per IS 'What a rate counts by (year, person); empty for no rate.';
COMMENT ON COLUMN report.claims.approximate IS 'Whether the words hedge: about, some, nearly.';
COMMENT ON COLUMN report.claims.bound IS 'Whether the words leave a side open: more than, up to.';
COMMENT ON COLUMN report.claims.change IS 'rise, fall, or level for a number that is no difference.';
COMMENT ON COLUMN report.claims.date_from IS 'The first day of a date; null where open.';
COMMENT ON COLUMN report.claims.date_to IS 'The last day of a date, included; null where open.';
COMMENT ON COLUMN report.claims.name IS 'The name that is given.';
COMMENT ON COLUMN report.claims.name_type IS 'What the name is: person, organization, place, group, other.';
COMMENT ON COLUMN report.claims.time_from IS 'The first day for which it holds; null where unknown or open.';
COMMENT ON COLUMN report.claims.time_to IS 'The last day for which it holds, included; null where unknown or open.';
COMMENT ON COLUMN report.claims.scope IS 'What narrows it: a part, a place, a group, a period in words; several with a semicolon between.';
COMMENT ON COLUMN report.claims.polarity IS 'affirmed, or negated where it says that it is not so.';
COMMENT ON COLUMN report.claims.first_seen IS 'When a run first met it.';
COMMENT ON COLUMN report.claims.last_seen IS 'When a run last met a document that makes it; null where all were withdrawn.';
COMMENT ON COLUMN report.claims.current IS 'Whether a document makes it now.';
COMMENT ON COLUMN report.claims.places IS 'At how many places of current documents it is made.';
COMMENT ON COLUMN report.claims.sources IS 'How many sources make it now.';

CREATE VIEW report.appearances AS
SELECT a.id AS appearance_id, encode(a.claim, 'hex') AS claim_id, c.kind, c.subject, c.attribute,
       report.value_in_words(c.number, c.low, c.high, c.low_open, c.high_open, c.unit, c.per, c.approximate, c.date_from, c.date_to, c.name) AS value,
       c.number, c.low, c.high, c.unit, c.per, c.approximate, c.bound,
       CASE c.change WHEN 1 THEN 'rise' WHEN -1 THEN 'fall' WHEN 0 THEN 'level' END AS change, c.date_from, c.date_to, c.name, c.name_type, c.polarity,
       s.id AS source_id, s.name AS source, d.id AS document_id, d.title, d.given AS document, d.published, v.id AS version_id, v.current, v.first_seen, v.last_seen,
       a.quote, t.text AS sentence, a.start_byte, a.end_byte, a.attribution, a.modality, a.said, array_to_string(a.entities, '; ') AS entities, a.rule
FROM appearance a
JOIN claim c ON c.id = a.claim
JOIN version v ON v.reading = a.reading
JOIN document d ON d.id = v.document
JOIN source s ON s.id = d.source
LEFT JOIN sentence t ON t.reading = a.reading AND t.n = a.sentence;
COMMENT ON VIEW report.appearances IS 'Appearances: each place where a claim is made, with the words, in every version of every document. Ask for current ones unless you look into the past.';
COMMENT ON COLUMN report.appearances.appearance_id IS 'Number of the appearance; copies of one text share it.';
COMMENT ON COLUMN report.appearances.claim_id IS 'The claim that is made, as in claims.';
COMMENT ON COLUMN report.appearances.kind IS 'What the claim gives: number, date or entity.';
COMMENT ON COLUMN report.appearances.subject IS 'What the claim is about; empty where the text does not tell.';
COMMENT ON COLUMN report.appearances.attribute IS 'What is said of the subject.';
COMMENT ON COLUMN report.appearances.value IS 'Its value in words: "$3.8 billion a year", "July 2020", a name.';
COMMENT ON COLUMN report.appearances.number IS 'The number as said, in the unit beside it; null for a range and for other kinds.';
COMMENT ON COLUMN report.appearances.low IS 'The least that the words can mean; null where open.';
COMMENT ON COLUMN report.appearances.high IS 'The most that the words can mean; null where open.';
COMMENT ON COLUMN report.appearances.unit IS 'An ISO 4217 code (money in the main unit), a UCUM code or the counted noun; empty for a bare number, null for other kinds.';
COMMENT ON COLUMN report.appearances.per IS 'What a rate counts by (year, person); empty for no rate.';
COMMENT ON COLUMN report.appearances.approximate IS 'Whether the words hedge: about, some, nearly.';
COMMENT ON COLUMN report.appearances.bound IS 'Whether the words leave a side open: more than, up to.';
COMMENT ON COLUMN report.appearances.change IS 'rise, fall, or level for a number that is no difference.';
COMMENT ON COLUMN report.appearances.date_from IS 'The first day of a date; null where open.';
COMMENT ON COLUMN report.appearances.date_to IS 'The last day of a date, included; null where open.';
COMMENT ON COLUMN report.appearances.name IS 'The name that is given.';
COMMENT ON COLUMN report.appearances.name_type IS 'What the name is: person, organization, place, group, other.';
COMMENT ON COLUMN report.appearances.polarity IS 'affirmed, or negated where the claim says that it is not so.';
COMMENT ON COLUMN report.appearances.source_id IS 'Number of the source.';
COMMENT ON COLUMN report.appearances.source IS 'Who published it.';
COMMENT ON COLUMN report.appearances.document_id IS 'Number of the document.';
COMMENT ON COLUMN report.appearances.title IS 'The title of the document.';
COMMENT ON COLUMN report.appearances.document IS 'The path or address as it was last given.';
COMMENT ON COLUMN report.appearances.published IS 'The day the document was published; null where unknown.';
COMMENT ON COLUMN report.appearances.version_id IS 'The version of the document in which it stands.';
COMMENT ON COLUMN report.appearances.current IS 'Whether the document says so now.';
COMMENT ON COLUMN report.appearances.first_seen IS 'When a run first met this version.';
COMMENT ON COLUMN report.appearances.last_seen IS 'When a run last met this version.';
COMMENT ON COLUMN report.appearances.quote IS 'The words that carry the value, byte for byte.';
COMMENT ON COLUMN report.appearances.sentence IS 'The sentence in which they stand.';
COMMENT ON COLUMN report.appearances.start_byte IS 'Where the words start in the text of the version, in bytes of UTF-8.';
COMMENT ON COLUMN report.appearances.end_byte IS 'The byte after their last.';
COMMENT ON COLUMN report.appearances.attribution IS 'Who the text says it from; empty for the author''s own voice.';
COMMENT ON COLUMN report.appearances.modality IS 'How firmly the text stands behind it: asserted, reported, planned, possible, denied.';
COMMENT ON COLUMN report.appearances.said IS 'The day it was said: a stated as-of day, else the publication; null where unknown.';
COMMENT ON COLUMN report.appearances.entities IS 'All names that take part; several with a semicolon between.';
COMMENT ON COLUMN report.appearances.rule IS 'The rules that made the claim, with their versions.';

CREATE VIEW report.positions AS
SELECT p.conflict AS conflict_id, p.n AS position, c.question,
       CASE WHEN c.kind = 'negation' AND 'negated' = (
           SELECT cl.polarity FROM member m JOIN appearance a ON a.id = m.appearance JOIN claim cl ON cl.id = a.claim
           WHERE m.conflict = p.conflict AND m.position = p.n ORDER BY m.n LIMIT 1) THEN 'not ' ELSE '' END
       || report.value_in_words(p.number, p.low, p.high, p.low_open, p.high_open, p.unit, p.per, p.approximate, p.date_from, p.date_to, p.name) AS value,
       p.number, p.low, p.high, p.unit, p.per, p.approximate, p.bound,
       CASE p.change WHEN 1 THEN 'rise' WHEN -1 THEN 'fall' WHEN 0 THEN 'level' END AS change, p.date_from, p.date_to, p.name, p.name_type,
       p.origins,
       (SELECT string_agg(DISTINCT s.name, ', ' ORDER BY s.name) FROM member m JOIN version v ON v.id = m.version JOIN document d ON d.id = v.document JOIN source s ON s.id = d.source
        WHERE m.conflict = p.conflict AND m.position = p.n) AS sources,
       (SELECT count(*) FROM member m WHERE m.conflict = p.conflict AND m.position = p.n) AS places,
       (SELECT a.quote FROM member m JOIN appearance a ON a.id = m.appearance WHERE m.conflict = p.conflict AND m.position = p.n ORDER BY m.n LIMIT 1) AS quote,
       CASE WHEN r.verdict = 'real' AND jsonb_typeof(r.stands) = 'object'
            THEN report.is_value(r.stands, p.number, p.low, p.high, p.low_open, p.high_open, p.unit, p.per, p.approximate, p.bound, p.change, p.date_from, p.date_to, p.name, p.name_type)
            WHEN r.verdict = 'real' AND r.stands IS NOT NULL THEN false END AS stands
FROM position p
JOIN conflict c ON c.id = p.conflict
LEFT JOIN review r ON r.conflict = p.conflict;
COMMENT ON VIEW report.positions IS 'Positions: the answers to each conflicts question, with who gives them.';
COMMENT ON COLUMN report.positions.conflict_id IS 'The conflict.';
COMMENT ON COLUMN report.positions.position IS 'Its place among the answers, counted from 0.';
COMMENT ON COLUMN report.positions.question IS 'The question in words.';
COMMENT ON COLUMN report.positions.value IS 'Its value in words: "$3.8 billion a year", "July 2020", a name.';
COMMENT ON COLUMN report.positions.number IS 'The number as said, in the unit beside it; null for a range and for other kinds.';
COMMENT ON COLUMN report.positions.low IS 'The least that the words can mean; null where open.';
COMMENT ON COLUMN report.positions.high IS 'The most that the words can mean; null where open.';
COMMENT ON COLUMN report.positions.unit IS 'An ISO 4217 code (money in the main unit), a UCUM code or the counted noun; empty for a bare number, null for other kinds.';
COMMENT ON COLUMN report.positions.per IS 'What a rate counts by (year, person); empty for no rate.';
COMMENT ON COLUMN report.positions.approximate IS 'Whether the words hedge: about, some, nearly.';
COMMENT ON COLUMN report.positions.bound IS 'Whether the words leave a side open: more than, up to.';
COMMENT ON COLUMN report.positions.change IS 'rise, fall, or level for a number that is no difference.';
COMMENT ON COLUMN report.positions.date_from IS 'The first day of a date; null where open.';
COMMENT ON COLUMN report.positions.date_to IS 'The last day of a date, included; null where open.';
COMMENT ON COLUMN report.positions.name IS 'The name that is given.';
COMMENT ON COLUMN report.positions.name_type IS 'What the name is: person, organization, place, group, other.';
COMMENT ON COLUMN report.positions.origins IS 'How many independent origins give this answer; copies of one text are one.';
COMMENT ON COLUMN report.positions.sources IS 'Who gives it, by name, with commas between.';
COMMENT ON COLUMN report.positions.places IS 'At how many places it is given.';
COMMENT ON COLUMN report.positions.quote IS 'The words of the first of them.';
COMMENT ON COLUMN report.positions.stands IS 'Whether the verdict in force says that it is the one that stands; null where it was not judged, or nobody knows yet.';

CREATE VIEW report.conflicts AS
SELECT c.id AS conflict_id, c.kind, c.status, c.found, c.severity::numeric AS severity, c.question, c.reason,
       (SELECT string_agg(p.value, ' / ' ORDER BY p.position) FROM report.positions p WHERE p.conflict_id = c.id) AS answers,
       c.origins, c.first_seen, c.last_seen, c.closed,
       q.box, c.severity >= 0.5 AND q.box IN ('waiting', 'judged', 'superseded') AS shown, c.severity >= 0.5 AND q.box = 'waiting' AS waiting, q.news AS waiting_since,
       r.verdict, report.verdict_in_words(r.verdict, r.detail) AS verdict_words, coalesce(r.detail, '') AS verdict_detail,
       CASE WHEN r.verdict = 'real' AND r.stands IS NULL THEN 'not known yet'
            WHEN r.verdict = 'real' AND r.stands = '"none"' THEN 'none'
            WHEN r.verdict = 'real' THEN (SELECT p.value FROM report.positions p WHERE p.conflict_id = c.id AND p.stands LIMIT 1) END AS stands,
       r.judged, coalesce(r.judge, '') AS judge, coalesce(r.note, '') AS note, array_to_string(coalesce(r.links, '{}'), ' ') AS links,
       coalesce(r.assignee, '') AS assignee, r.due, coalesce(r.muted, false) AS muted, r.merged_into,
       r.reopened, array_to_string(coalesce(r.reopened_because, '{}'), '; ') AS reopened_because
FROM conflict c
JOIN queue q ON q.conflict = c.id
LEFT JOIN review r ON r.conflict = c.id;
COMMENT ON VIEW report.conflicts IS 'Conflicts: questions that sources answer incompatibly, those that only seem to (found is explained) and those that are gone among them. What the desk shows has shown; what waits for a verdict has waiting.';
COMMENT ON COLUMN report.conflicts.conflict_id IS 'Number of the conflict, as pages and commands have it.';
COMMENT ON COLUMN report.conflicts.kind IS 'What differs: number, date, entity, negation (that it happened against that it did not), arithmetic (a document against itself).';
COMMENT ON COLUMN report.conflicts.status IS 'open, superseded (replaced by a later figure) or explained, as comparing found it; confirmed (real), resolved (real, and one answer stands) or dismissed (no conflict), as people judged.';
COMMENT ON COLUMN report.conflicts.found IS 'What comparing alone found: open, superseded or explained.';
COMMENT ON COLUMN report.conflicts.severity IS '0 to 1; below 0.5 nothing is shown unless asked for.';
COMMENT ON COLUMN report.conflicts.question IS 'The question in words.';
COMMENT ON COLUMN report.conflicts.reason IS 'In words, why the answers cannot all hold, or why they agree after all.';
COMMENT ON COLUMN report.conflicts.answers IS 'The answers in words, with slashes between.';
COMMENT ON COLUMN report.conflicts.origins IS 'How many independent origins take part; copies of one text are one.';
COMMENT ON COLUMN report.conflicts.first_seen IS 'When a run first found it.';
COMMENT ON COLUMN report.conflicts.last_seen IS 'When a run last found it.';
COMMENT ON COLUMN report.conflicts.closed IS 'When comparing no longer found it; null while it stands.';
COMMENT ON COLUMN report.conflicts.box IS 'Where the desk lists it: waiting, judged, superseded, explained, muted (the question or its sources were, or it was merged into another), gone.';
COMMENT ON COLUMN report.conflicts.shown IS 'Whether the desk shows it unless asked for more: it is severe enough, and waiting, judged or superseded.';
COMMENT ON COLUMN report.conflicts.waiting IS 'Whether it is severe enough to be shown and waits for a verdict.';
COMMENT ON COLUMN report.conflicts.waiting_since IS 'When it was found, or last re-opened.';
COMMENT ON COLUMN report.conflicts.verdict IS 'The verdict in force: real, same, different, superseded, misread, scope; null for none.';
COMMENT ON COLUMN report.conflicts.verdict_words IS 'The verdict in words.';
COMMENT ON COLUMN report.conflicts.verdict_detail IS 'Of different things in which way (period, place, part, definition); of a misreading which rule; else empty.';
COMMENT ON COLUMN report.conflicts.stands IS 'Of a real conflict the answer that stands, in words; none, or not known yet.';
COMMENT ON COLUMN report.conflicts.judged IS 'When the verdict was given.';
COMMENT ON COLUMN report.conflicts.judge IS 'Who gave it; else empty.';
COMMENT ON COLUMN report.conflicts.note IS 'What was said with it; else empty.';
COMMENT ON COLUMN report.conflicts.links IS 'Web addresses given with it, with blanks between.';
COMMENT ON COLUMN report.conflicts.assignee IS 'Who is to look at it; empty for nobody.';
COMMENT ON COLUMN report.conflicts.due IS 'By which day; null for none.';
COMMENT ON COLUMN report.conflicts.muted IS 'Whether somebody muted the question.';
COMMENT ON COLUMN report.conflicts.merged_into IS 'The conflict whose question this one was declared to be; null for none.';
COMMENT ON COLUMN report.conflicts.reopened IS 'When a night last re-opened it; null where none did since the last verdict.';
COMMENT ON COLUMN report.conflicts.reopened_because IS 'Why, in words; several with a semicolon between.';

CREATE VIEW report.stances AS
SELECT m.conflict AS conflict_id, c.question, s.id AS source_id, s.name AS source, p.position, p.value, m.places, m.current, p.origins = 1 AS alone,
       CASE WHEN p.stands THEN 'stood' WHEN NOT p.stands THEN 'fell' ELSE 'undecided' END AS outcome,
       c.status, c.severity::numeric AS severity, c.first_seen, c.closed, r.judged
FROM (SELECT m.conflict, m.position, d.source, count(*) AS places, bool_or(v.current) AS current
      FROM member m JOIN version v ON v.id = m.version JOIN document d ON d.id = v.document
      WHERE m.position IS NOT NULL
      GROUP BY m.conflict, m.position, d.source) AS m
JOIN conflict c ON c.id = m.conflict AND c.found <> 'explained'
JOIN report.positions p ON p.conflict_id = m.conflict AND p.position = m.position
JOIN source s ON s.id = m.source
LEFT JOIN review r ON r.conflict = m.conflict;
COMMENT ON VIEW report.stances IS 'Stances: what each source says to each conflict that is or was one (explained ones are left out), a row an answer. One source can give two.';
COMMENT ON COLUMN report.stances.conflict_id IS 'The conflict.';
COMMENT ON COLUMN report.stances.question IS 'The question in words.';
COMMENT ON COLUMN report.stances.source_id IS 'Number of the source.';
COMMENT ON COLUMN report.stances.source IS 'Who says it.';
COMMENT ON COLUMN report.stances.position IS 'Which answer it is, as in positions.';
COMMENT ON COLUMN report.stances.value IS 'The answer in words.';
COMMENT ON COLUMN report.stances.places IS 'At how many places the source gives it.';
COMMENT ON COLUMN report.stances.current IS 'Whether the source still gives it.';
COMMENT ON COLUMN report.stances.alone IS 'Whether no other origin gives it.';
COMMENT ON COLUMN report.stances.outcome IS 'Whether the verdict in force says that the answer stood or fell; undecided without one, and where nobody knows yet.';
COMMENT ON COLUMN report.stances.status IS 'The conflict''s status.';
COMMENT ON COLUMN report.stances.severity IS 'The conflict''s severity, 0 to 1.';
COMMENT ON COLUMN report.stances.first_seen IS 'When the conflict was first found.';
COMMENT ON COLUMN report.stances.closed IS 'When comparing no longer found it; null while it stands.';
COMMENT ON COLUMN report.stances.judged IS 'When the verdict in force was given; null without one.';

CREATE VIEW report.places AS
SELECT m.conflict AS conflict_id, m.n AS place, m.position, a.id AS appearance_id, encode(a.claim, 'hex') AS claim_id, s.id AS source_id, s.name AS source,
       d.id AS document_id, d.title, d.given AS document, d.published, v.id AS version_id, v.current, a.quote, t.text AS sentence, a.attribution, a.said
FROM member m
JOIN appearance a ON a.id = m.appearance
JOIN version v ON v.id = m.version
JOIN document d ON d.id = v.document
JOIN source s ON s.id = d.source
LEFT JOIN sentence t ON t.reading = a.reading AND t.n = a.sentence;
COMMENT ON VIEW report.places IS 'Places: where the answers to each conflicts question stand, a row a place, with the words.';
COMMENT ON COLUMN report.places.conflict_id IS 'The conflict.';
COMMENT ON COLUMN report.places.place IS 'Its place among them, counted from 0.';
COMMENT ON COLUMN report.places.position IS 'The answer that it gives, as in positions; null where it fits several and decides none.';
COMMENT ON COLUMN report.places.appearance_id IS 'The appearance, as in appearances.';
COMMENT ON COLUMN report.places.claim_id IS 'The claim, as in claims.';
COMMENT ON COLUMN report.places.source_id IS 'Number of the source.';
COMMENT ON COLUMN report.places.source IS 'Who published it.';
COMMENT ON COLUMN report.places.document_id IS 'Number of the document.';
COMMENT ON COLUMN report.places.title IS 'The title of the document.';
COMMENT ON COLUMN report.places.document IS 'The path or address as it was last given.';
COMMENT ON COLUMN report.places.published IS 'The day the document was published; null where unknown.';
COMMENT ON COLUMN report.places.version_id IS 'The version of the document in which it stands.';
COMMENT ON COLUMN report.places.current IS 'Whether the document says so now.';
COMMENT ON COLUMN report.places.quote IS 'The words that carry the value, byte for byte.';
COMMENT ON COLUMN report.places.sentence IS 'The sentence in which they stand.';
COMMENT ON COLUMN report.places.attribution IS 'Who the text says it from; empty for the author''s own voice.';
COMMENT ON COLUMN report.places.said IS 'The day it was said: a stated as-of day, else the publication; null where unknown.';

CREATE VIEW report.verdicts AS
SELECT a.id AS act_id, a.at, a.who, ac.conflict AS conflict_id, c.question,
       CASE WHEN ac.after ->> 'verdict' IS NULL AND a.what = 'reopen' THEN 're-opened'
            WHEN a.what = 'undo' OR ac.after ->> 'verdict' IS NULL THEN 'taken back'
            WHEN ac.before ->> 'verdict' IS NULL THEN 'given'
            ELSE 'replaced' END AS deed,
       ac.after ->> 'verdict' AS verdict, report.verdict_in_words(ac.after ->> 'verdict', coalesce(ac.after ->> 'detail', '')) AS verdict_words,
       coalesce(ac.after ->> 'detail', '') AS verdict_detail,
       ac.before ->> 'verdict' AS verdict_before, report.verdict_in_words(ac.before ->> 'verdict', coalesce(ac.before ->> 'detail', '')) AS verdict_before_words,
       a.note, u.id AS undone_by,
       a.what = 'verdict' AND u.id IS NULL AND r.verdict IS NOT NULL AND r.judged = a.at AS in_force
FROM act_conflict ac
JOIN act a ON a.id = ac.act
JOIN conflict c ON c.id = ac.conflict
LEFT JOIN act u ON u.undoes = a.id
LEFT JOIN review r ON r.conflict = ac.conflict
WHERE a.what = 'verdict' OR ac.before ->> 'verdict' IS DISTINCT FROM ac.after ->> 'verdict';
COMMENT ON VIEW report.verdicts IS 'Verdicts: each act of the desk that gave a verdict, replaced one, or took one back, for each conflict that it touched. Nothing is ever deleted here.';
COMMENT ON COLUMN report.verdicts.act_id IS 'Number of the act. One act can touch several conflicts.';
COMMENT ON COLUMN report.verdicts.at IS 'When.';
COMMENT ON COLUMN report.verdicts.who IS 'The account''s name; crosscheck where a night re-opened the conflict.';
COMMENT ON COLUMN report.verdicts.conflict_id IS 'The conflict.';
COMMENT ON COLUMN report.verdicts.question IS 'Its question in words.';
COMMENT ON COLUMN report.verdicts.deed IS 'What became of the verdict: given, replaced by another, taken back, or re-opened by a night.';
COMMENT ON COLUMN report.verdicts.verdict IS 'The verdict from then on; null for none.';
COMMENT ON COLUMN report.verdicts.verdict_words IS 'The same in words.';
COMMENT ON COLUMN report.verdicts.verdict_detail IS 'Of different things in which way; of a misreading which rule; else empty.';
COMMENT ON COLUMN report.verdicts.verdict_before IS 'The verdict until then; null for none.';
COMMENT ON COLUMN report.verdicts.verdict_before_words IS 'The same in words.';
COMMENT ON COLUMN report.verdicts.note IS 'Why, in the words of who did it.';
COMMENT ON COLUMN report.verdicts.undone_by IS 'The act that took this one back; null where none did.';
COMMENT ON COLUMN report.verdicts.in_force IS 'Whether the verdict in force is the one that this act gave.';

CREATE VIEW report.sources AS
SELECT s.id AS source_id, s.name AS source, EXISTS (SELECT FROM muted_source ms WHERE ms.source = s.id) AS muted,
       (SELECT count(*) FROM document d WHERE d.source = s.id) AS documents,
       (SELECT count(DISTINCT a.claim) FROM document d JOIN version v ON v.document = d.id AND v.current JOIN appearance a ON a.reading = v.reading WHERE d.source = s.id) AS claims,
       coalesce(t.contradicted, 0) AS contradicted, coalesce(t.alone, 0) AS alone, coalesce(t.stood, 0) AS stood, coalesce(t.fell, 0) AS fell,
       (SELECT count(*) FROM document d JOIN edit e ON e.document = d.id WHERE d.source = s.id) AS edits,
       (SELECT max(d.published) FROM document d WHERE d.source = s.id) AS last_published,
       (SELECT max(v.first_seen) FROM document d JOIN version v ON v.document = d.id WHERE d.source = s.id) AS last_news
FROM source s
LEFT JOIN (
    SELECT source_id, count(DISTINCT conflict_id) AS contradicted, count(DISTINCT conflict_id) FILTER (WHERE alone) AS alone,
           count(DISTINCT conflict_id) FILTER (WHERE outcome = 'stood') AS stood, count(DISTINCT conflict_id) FILTER (WHERE outcome = 'fell') AS fell
    FROM report.stances
    WHERE closed IS NULL AND severity >= 0.5
    GROUP BY source_id
) AS t ON t.source_id = s.id;
COMMENT ON VIEW report.sources IS 'Sources, each with its record: what it claims, how often others contradict it, and how the verdicts went.';
COMMENT ON COLUMN report.sources.source_id IS 'Number of the source.';
COMMENT ON COLUMN report.sources.source IS 'Its name; a document whose publisher is not known is a source by itself.';
COMMENT ON COLUMN report.sources.muted IS 'Whether somebody muted it: it then does not count at the desk.';
COMMENT ON COLUMN report.sources.documents IS 'How many documents it published that are stored.';
COMMENT ON COLUMN report.sources.claims IS 'How many different claims its documents make now.';
COMMENT ON COLUMN report.sources.contradicted IS 'In how many conflicts that stand, severe enough to be shown, it gives an answer.';
COMMENT ON COLUMN report.sources.alone IS 'In how many of them no other origin gives the same.';
COMMENT ON COLUMN report.sources.stood IS 'In how many of them the verdict in force says that its answer stands.';
COMMENT ON COLUMN report.sources.fell IS 'In how many of them the verdict in force says that its answer does not stand.';
COMMENT ON COLUMN report.sources.edits IS 'How often a document of it was found with other bytes than before.';
COMMENT ON COLUMN report.sources.last_published IS 'The newest day of publication among its documents; null where none is known.';
COMMENT ON COLUMN report.sources.last_news IS 'When a run last found something new of it.';

CREATE VIEW report.quiet_edits AS
SELECT e.id AS edit_id, e.noticed, o.last_seen, s.id AS source_id, s.name AS source, d.id AS document_id, d.title, d.given AS document,
       coalesce(x.change, 'none') AS change, encode(x.claim, 'hex') AS claim_id, c.kind, c.subject, c.attribute,
       report.value_in_words(c.number, c.low, c.high, c.low_open, c.high_open, c.unit, c.per, c.approximate, c.date_from, c.date_to, c.name) AS value, x.quote, t.text AS sentence,
       (SELECT count(DISTINCT v.document) FROM appearance a JOIN version v ON v.reading = a.reading AND v.current WHERE a.claim = x.claim AND v.document <> d.id) AS elsewhere,
       o.id AS old_version_id, n.id AS new_version_id, ro.rules = rn.rules AND ro.reader = rn.reader AS same_rules
FROM edit e
JOIN document d ON d.id = e.document
JOIN source s ON s.id = d.source
JOIN version o ON o.id = e.old
JOIN version n ON n.id = e.new
JOIN reading ro ON ro.id = o.reading
JOIN reading rn ON rn.id = n.reading
LEFT JOIN LATERAL (
    (SELECT DISTINCT ON (a.claim) 'gone' AS change, a.claim, a.quote, a.reading, a.sentence FROM appearance a
     WHERE a.reading = o.reading AND NOT EXISTS (SELECT FROM appearance b WHERE b.reading = n.reading AND b.claim = a.claim) ORDER BY a.claim, a.start_byte)
    UNION ALL
    (SELECT DISTINCT ON (a.claim) 'new', a.claim, a.quote, a.reading, a.sentence FROM appearance a
     WHERE a.reading = n.reading AND NOT EXISTS (SELECT FROM appearance b WHERE b.reading = o.reading AND b.claim = a.claim) ORDER BY a.claim, a.start_byte)
) AS x ON true
LEFT JOIN claim c ON c.id = x.claim
LEFT JOIN sentence t ON t.reading = x.reading AND t.n = x.sentence;
COMMENT ON VIEW report.quiet_edits IS 'Quiet edits: where a document was found with other bytes than before, and the claims that only its old or only its new version makes, a row a claim; an edit that changes no claim has one row with change none. The command "crosscheck changes" tells more: which new value took which old ones place, whether the new text says that it was corrected, and who else still carries the old value.';
COMMENT ON COLUMN report.quiet_edits.edit_id IS 'Number of the edit.';
COMMENT ON COLUMN report.quiet_edits.noticed IS 'When a run met the new bytes.';
COMMENT ON COLUMN report.quiet_edits.last_seen IS 'When a run last met the old ones.';
COMMENT ON COLUMN report.quiet_edits.source_id IS 'Number of the source.';
COMMENT ON COLUMN report.quiet_edits.source IS 'Who published it.';
COMMENT ON COLUMN report.quiet_edits.document_id IS 'Number of the document.';
COMMENT ON COLUMN report.quiet_edits.title IS 'The title of the document.';
COMMENT ON COLUMN report.quiet_edits.document IS 'The path or address as it was last given.';
COMMENT ON COLUMN report.quiet_edits.change IS 'gone: only the old version makes the claim; new: only the new one does; none: both make the same claims.';
COMMENT ON COLUMN report.quiet_edits.claim_id IS 'The claim, as in claims.';
COMMENT ON COLUMN report.quiet_edits.kind IS 'What the claim gives: number, date or entity.';
COMMENT ON COLUMN report.quiet_edits.subject IS 'What the claim is about; empty where the text does not tell.';
COMMENT ON COLUMN report.quiet_edits.attribute IS 'What is said of the subject.';
COMMENT ON COLUMN report.quiet_edits.value IS 'Its value in words.';
COMMENT ON COLUMN report.quiet_edits.quote IS 'The words that carry it, byte for byte.';
COMMENT ON COLUMN report.quiet_edits.sentence IS 'The sentence in which they stand.';
COMMENT ON COLUMN report.quiet_edits.elsewhere IS 'How many other documents make the claim now.';
COMMENT ON COLUMN report.quiet_edits.old_version_id IS 'The version before.';
COMMENT ON COLUMN report.quiet_edits.new_version_id IS 'The version after.';
COMMENT ON COLUMN report.quiet_edits.same_rules IS 'Whether both were read by the same rules; where not, a claim can differ because reading has improved.';

CREATE VIEW report.runs AS
SELECT r.id AS run_id, r.started, r.finished, extract(epoch FROM r.finished - r.started)::numeric AS seconds,
       CASE WHEN r.finished IS NULL AND r.worker IS NOT NULL AND r.stage IN ('reading', 'comparing')
                 AND NOT EXISTS (SELECT FROM worker w WHERE w.id = r.worker AND w.seen > now() - interval '30 seconds')
            THEN 'broken off' ELSE r.stage END AS stage,
       r.failure, coalesce((SELECT min(due.schedule) FROM due_run due WHERE due.run = r.id), '') AS schedule, array_to_string(r.paths, ' ') AS paths,
       r.found AS documents, r.added, r.changed, r.unchanged, r.failed, r.copies, r.bytes, r.sentences, r.claims, r.new_claims, r.appearances,
       r.conflicts, r.new_conflicts, r.reopened, r.closed, r.superseded
FROM run r;
COMMENT ON VIEW report.runs IS 'Runs: the ledger of the nights, a row a run.';
COMMENT ON COLUMN report.runs.run_id IS 'Number of the run.';
COMMENT ON COLUMN report.runs.started IS 'When it started.';
COMMENT ON COLUMN report.runs.finished IS 'When it ended; null while it runs, and for good where it was broken off.';
COMMENT ON COLUMN report.runs.seconds IS 'How long it took; null without an end.';
COMMENT ON COLUMN report.runs.stage IS 'How far it is: reading, comparing, finished, failed, or broken off.';
COMMENT ON COLUMN report.runs.failure IS 'Why it failed; else empty.';
COMMENT ON COLUMN report.runs.schedule IS 'The schedule that it was due by; empty where somebody started it by hand.';
COMMENT ON COLUMN report.runs.paths IS 'What it was told to read, with blanks between.';
COMMENT ON COLUMN report.runs.documents IS 'Documents found.';
COMMENT ON COLUMN report.runs.added IS 'Documents met for the first time.';
COMMENT ON COLUMN report.runs.changed IS 'Documents with new bytes, or read anew by newer readers or rules.';
COMMENT ON COLUMN report.runs.unchanged IS 'Documents as they were.';
COMMENT ON COLUMN report.runs.failed IS 'Documents that could not be read.';
COMMENT ON COLUMN report.runs.copies IS 'Documents whose bytes stand at another address too.';
COMMENT ON COLUMN report.runs.bytes IS 'Bytes of the documents found.';
COMMENT ON COLUMN report.runs.sentences IS 'Sentences in the documents found.';
COMMENT ON COLUMN report.runs.claims IS 'Claims in the documents found.';
COMMENT ON COLUMN report.runs.new_claims IS 'Claims that no document had made before.';
COMMENT ON COLUMN report.runs.appearances IS 'Places in the documents found where claims are made.';
COMMENT ON COLUMN report.runs.conflicts IS 'Open conflicts that are shown, after the run.';
COMMENT ON COLUMN report.runs.new_conflicts IS 'Those among them that no earlier run had found.';
COMMENT ON COLUMN report.runs.reopened IS 'Conflicts found before that were not open at the comparison before.';
COMMENT ON COLUMN report.runs.closed IS 'Conflicts shown before that are no longer found, or are explained.';
COMMENT ON COLUMN report.runs.superseded IS 'Conflicts, new or changed, of which a later figure replaces an earlier one.';

CREATE VIEW report.run_sources AS
SELECT rs.run AS run_id, r.started, rs.name AS source, rs.listed, rs.expected, rs.fetched, rs.unchanged, rs.failed, rs.extracted, rs.claims,
       rs.opened, rs.reopened, rs.superseded, rs.closed, rs.quiet, rs.silent
FROM run_source rs
JOIN run r ON r.id = rs.run;
COMMENT ON VIEW report.run_sources IS 'What each source gave in each run. The counts are nought until the run ends; expected = fetched + unchanged + failed.';
COMMENT ON COLUMN report.run_sources.run_id IS 'The run.';
COMMENT ON COLUMN report.run_sources.started IS 'When the run started.';
COMMENT ON COLUMN report.run_sources.source IS 'The source as the configuration names it, or the path that was given. It can bring documents of several publishers.';
COMMENT ON COLUMN report.run_sources.listed IS 'Whether it is known which documents are expected of it.';
COMMENT ON COLUMN report.run_sources.expected IS 'Documents that it should give.';
COMMENT ON COLUMN report.run_sources.fetched IS 'Of those, read well and new, or changed, or read anew by newer readers or rules.';
COMMENT ON COLUMN report.run_sources.unchanged IS 'Of those, as they were at the last run.';
COMMENT ON COLUMN report.run_sources.failed IS 'Of those, not read; run_failures has the reasons.';
COMMENT ON COLUMN report.run_sources.extracted IS 'Of those fetched, read by the rules in this run; the others are copies.';
COMMENT ON COLUMN report.run_sources.claims IS 'Different claims that the documents fetched make.';
COMMENT ON COLUMN report.run_sources.opened IS 'Conflicts shown, found for the first time, in which a document of it takes part.';
COMMENT ON COLUMN report.run_sources.reopened IS 'The same for conflicts found before that were not open.';
COMMENT ON COLUMN report.run_sources.superseded IS 'The same for conflicts of which a later figure replaces an earlier one.';
COMMENT ON COLUMN report.run_sources.closed IS 'The same for conflicts that are no longer found, or are explained.';
COMMENT ON COLUMN report.run_sources.quiet IS 'For how many runs in a row, this one included, it has given nothing new.';
COMMENT ON COLUMN report.run_sources.silent IS 'For how many runs in a row, this one included, it has given nothing at all.';

CREATE VIEW report.run_failures AS
SELECT f.run AS run_id, r.started, rs.name AS source, f.document, f.reason, f.tries
FROM run_failure f
JOIN run_source rs ON rs.run = f.run AND rs.n = f.source
JOIN run r ON r.id = f.run;
COMMENT ON VIEW report.run_failures IS 'What runs could not read, a row a document.';
COMMENT ON COLUMN report.run_failures.run_id IS 'The run.';
COMMENT ON COLUMN report.run_failures.started IS 'When the run started.';
COMMENT ON COLUMN report.run_failures.source IS 'The source as the configuration names it.';
COMMENT ON COLUMN report.run_failures.document IS 'The path or address as it was listed.';
COMMENT ON COLUMN report.run_failures.reason IS 'Why it could not be read.';
COMMENT ON COLUMN report.run_failures.tries IS 'How often it was tried.';

CREATE VIEW report.calendar AS
WITH published AS (SELECT published AS day, count(*) AS n FROM document WHERE published IS NOT NULL GROUP BY 1),
     met AS (SELECT (v.first_seen AT TIME ZONE 'UTC')::date AS day, count(*) AS versions FROM version v GROUP BY 1),
     edited AS (SELECT (noticed AT TIME ZONE 'UTC')::date AS day, count(*) AS n FROM edit GROUP BY 1),
     found AS (SELECT (first_seen AT TIME ZONE 'UTC')::date AS day, count(*) AS n FROM conflict WHERE found <> 'explained' AND severity >= 0.5 GROUP BY 1),
     decided AS (SELECT (at AT TIME ZONE 'UTC')::date AS day, count(*) AS n FROM report.verdicts WHERE deed IN ('given', 'replaced') GROUP BY 1),
     ran AS (SELECT (started AT TIME ZONE 'UTC')::date AS day, count(*) AS n, count(*) FILTER (WHERE stage = 'finished') AS finished,
                    sum(failed) AS failed FROM run GROUP BY 1),
     silent AS (SELECT (started AT TIME ZONE 'UTC')::date AS day, count(DISTINCT source) AS n FROM report.run_sources WHERE silent > 0 GROUP BY 1),
     days AS (SELECT day FROM published UNION SELECT day FROM met UNION SELECT day FROM decided UNION
              SELECT generate_series((SELECT min(day) FROM ran), (now() AT TIME ZONE 'UTC')::date, interval '1 day')::date)
SELECT day, coalesce(published.n, 0) AS published, coalesce(met.versions, 0) AS versions_met, coalesce(edited.n, 0) AS edits, coalesce(found.n, 0) AS conflicts_found,
       coalesce(decided.n, 0) AS verdicts, coalesce(ran.n, 0) AS runs, coalesce(ran.failed, 0) AS documents_failed, coalesce(silent.n, 0) AS sources_silent,
       CASE WHEN day < (SELECT min(day) FROM ran) THEN ''
            WHEN ran.n IS NULL THEN 'no run'
            WHEN ran.finished = 0 THEN 'no run ended well'
            WHEN ran.failed > 0 THEN 'documents failed'
            WHEN silent.n > 0 THEN 'sources silent'
            ELSE '' END AS gap
FROM days
LEFT JOIN published USING (day) LEFT JOIN met USING (day) LEFT JOIN edited USING (day) LEFT JOIN found USING (day)
LEFT JOIN decided USING (day) LEFT JOIN ran USING (day) LEFT JOIN silent USING (day);
COMMENT ON VIEW report.calendar IS 'The calendar: a row for each day (by UTC) on which something was published, found or decided, and for every day since the first run, so that days without one show.';
COMMENT ON COLUMN report.calendar.day IS 'The day, by UTC.';
COMMENT ON COLUMN report.calendar.published IS 'Documents that bear it as their day of publication.';
COMMENT ON COLUMN report.calendar.versions_met IS 'Versions of documents that a run met for the first time.';
COMMENT ON COLUMN report.calendar.edits IS 'Documents found with other bytes than before.';
COMMENT ON COLUMN report.calendar.conflicts_found IS 'Conflicts, severe enough to be shown, found for the first time.';
COMMENT ON COLUMN report.calendar.verdicts IS 'Verdicts given or replaced, one for each conflict.';
COMMENT ON COLUMN report.calendar.runs IS 'Runs that started.';
COMMENT ON COLUMN report.calendar.documents_failed IS 'Documents that those runs could not read.';
COMMENT ON COLUMN report.calendar.sources_silent IS 'Sources that gave nothing at all in one of those runs.';
COMMENT ON COLUMN report.calendar.gap IS 'What was missing: no run, no run ended well, documents failed, sources silent; empty where nothing was, and before the first run.';
