"""Every field of the carrier questionnaire, by hand: name, type, when it is required, the repeat that it stands in.

required: "yes" always (of an eligible carrier), "if" on a condition, "" optional and folded under 选填, "=" computed.
"""

FIELDS = """
unit_name               text            yes
unit_credit_code        text            yes
unit_area               select_one      yes
unit_address            text
unit_location           geopoint
unit_status             select_one
legal_person            text
contact_name            text
contact_post            text
contact_mobile          text
contact2_name           text
contact2_mobile         text
survey_mode             select_multiple yes
eligible                select_one      yes
ineligible_reason       text            if
filled_by               text
filled_on               date
truth_confirmed         select_one      yes
visit_photo             image           -       photo

licence_no              text
licence_until           date
licence_scope           select_multiple
capital_10k             decimal
employees               integer
drivers                 integer
escorts                 integer
engineers               integer
vehicle_kind            select_one      yes     vehicle
quantity                integer         yes     vehicle
registration            select_one      yes     vehicle
plate                   text            -       vehicle
vin                     text            -       vehicle
temp_plate_until        date            -       vehicle
is_hydraulic            select_one      yes     vehicle
axle_lines              integer         yes     vehicle
axle_files              integer         yes     vehicle
brand_model             text            -       vehicle
bought_year             integer         -       vehicle
kerb_t                  decimal         -       vehicle
payload_t               decimal         -       vehicle
drive                   select_one      -       vehicle
axles                   integer         -       vehicle
tyres                   integer         -       vehicle
max_length_m            decimal         -       vehicle
max_width_m             decimal         -       vehicle
ownership               select_one      -       vehicle
tracked                 select_one      -       vehicle
vehicles_total          calculate       =
registered_total        calculate       =
unregistered_total      calculate       =
hydraulic_lines_total   calculate       =
tractors_total          calculate       =
revenue_10k             decimal         yes
oversize_revenue_10k    decimal
expense_10k             decimal         yes
revenue_unknown         select_multiple tick
revenue_unknown_reason  text            if
exp_fuel_10k            decimal
exp_toll_10k            decimal
exp_labour_10k          decimal
exp_depreciation_10k    decimal
exp_escort_10k          decimal
exp_survey_10k          decimal
exp_reinforce_10k       decimal
exp_insurance_10k       decimal
exp_filing_10k          decimal
exp_fines_10k           decimal
exp_other_10k           decimal
balance_10k             calculate       =
trips                   integer
cargo_t                 decimal
max_piece_t             decimal
max_gross_t             decimal
cargo_kinds             select_multiple yes
share_kind              select_one      -       cargo_share
share_of_trips_pct      decimal         -       cargo_share
origin_area             select_one      yes     route
origin_text             text            yes     route
dest_province           select_one      yes     route
dest_text               text            yes     route
via_text                text            yes     route
entry_station           text            -       route
exit_station            text            -       route
mode                    select_one      -       route
trips_per_year          integer         -       route
share_pct               decimal         -       route
difficult_points        text            -       route
alternative_text        text            -       route
permits_1               integer
permits_2               integer
permits_3               integer
permits_cross           integer
permits_inside          integer
escort_mode             select_multiple
in_association          select_one      yes
association_name        text            yes
association_level       select_one
association_role        select_one
more_name               text            -       more_association
more_level              select_one      -       more_association
client_name             text            -       client
client_credit_code      text            -       client
client_share_pct        decimal         -       client
violations              integer
accidents               integer

problem_kinds           select_multiple yes
problem_kind            select_one      -       problem
problem_text            text            -       problem
problem_place           text            -       problem
problem_cost_10k        decimal         -       problem
problem_wish            text            -       problem
suggestions             text            yes
policy_known            select_multiple yes
satisfaction            select_one
wants_liaison           select_one
filers_full             integer
filers_part             integer
uses_filing_agency      select_one
filing_agency_name      text
filing_fee_yuan         decimal
training_wish           select_multiple
"""


def fields() -> dict[str, tuple[str, str, str]]:
    """{name: (type, required, repeat)}."""
    rows = (line.split() for line in FIELDS.splitlines() if line)
    return {name: (kind, *[w if w != "-" else "" for w in (*rest, "", "")][:2]) for name, kind, *rest in rows}
