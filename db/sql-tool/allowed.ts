/** What a statement may call, by name. What is not here is refused, whatever the role could run: the list is short on purpose. */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Aggregates, window functions and plain functions without effect, whose answer is no longer than what they are given. */
export const functions = words(`
  count sum avg min max stddev stddev_samp stddev_pop variance var_samp var_pop bool_and bool_or every string_agg array_agg jsonb_agg json_agg jsonb_object_agg json_object_agg
  corr covar_samp covar_pop regr_slope regr_intercept regr_r2 regr_count regr_avgx regr_avgy percentile_cont percentile_disc mode
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
  abs round ceil ceiling floor trunc sign sqrt cbrt ln log log10 exp power mod div greatest least width_bucket gcd pi degrees radians sin cos tan atan atan2
  lower upper initcap length char_length character_length octet_length left right substring substr btrim ltrim rtrim trim replace split_part concat concat_ws strpos position reverse starts_with overlay
  regexp_replace regexp_match regexp_matches regexp_count regexp_like regexp_substr regexp_instr similar_to_escape like_escape to_char to_date to_number to_timestamp md5 translate ascii chr
  now date_trunc date_part extract age make_date make_interval make_timestamp timezone justify_days justify_hours justify_interval isfinite overlaps date_bin statement_timestamp transaction_timestamp clock_timestamp
  coalesce nullif generate_series unnest array_length cardinality array_position array_to_string string_to_array array_remove array_append array_prepend array_cat
  jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_extract_path jsonb_extract_path_text jsonb_object_keys jsonb_typeof jsonb_each jsonb_each_text jsonb_build_object jsonb_build_array to_jsonb
  json_array_elements json_array_length json_build_object to_json row_to_json
  array_upper array_lower array_positions num_nulls num_nonnulls scale trim_scale lcm make_time make_timestamptz
`);

/** Functions that give rows: only these may stand in FROM. */
export const rowFunctions = words('generate_series unnest jsonb_array_elements jsonb_array_elements_text jsonb_object_keys jsonb_each jsonb_each_text json_array_elements regexp_matches');

export const operators = words('= <> != < > <= >= + - * / % ^ || ~ ~* !~ !~* ~~ ~~* !~~ !~~* @> <@ && ? ?| ?& -> ->> #> #>> |/ @ BETWEEN');

/** Types that may be named in a cast. */
export const types = words('int2 int4 int8 smallint integer bigint numeric decimal float4 float8 real text varchar bpchar bool boolean date time timetz timestamp timestamptz interval uuid json jsonb');

/** Steps of a series that is written out. */
export const longestSeries = 100_000;
export const longestText = 10_000;
export const mostNodes = 4_000;
export const deepestNesting = 60;
/** Views that a statement reads, each as often as it is named; of a WITH that is planned anew wherever it is named, all that it reads. */
export const mostReads = 32;
/** Characters of the shorter of two values, one of which is looked for in the other: that takes their product, and no server ends it halfway. */
export const longestSearch = 1_000;
/** Of CUBE, ROLLUP and GROUPING SETS, multiplied out. */
export const mostGroupings = 128;
/** PostgreSQL's own limit. */
export const mostColumns = 1664;
