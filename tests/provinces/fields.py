"""Every field of the six questionnaires, by hand: name, type, mark, the repeat that it stands in ("-": no mark).

Marks: yes required (of an eligible unit, where it applies); if required in place of another answer or in a rare case;
tick 无法提供; = computed and shown back; none: optional and folded under 选填.
"""

HEAD = """
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
"""
ROUTE = """
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
"""
ASSOCIATION = """
in_association          select_one      yes
association_name        text            yes
association_level       select_one
association_role        select_one
more_name               text            -       more_association
more_level              select_one      -       more_association
"""
VOICE = """
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
training_wish           select_multiple
"""
APPLYING = """
filers_full             integer
filers_part             integer
uses_filing_agency      select_one
filing_agency_name      text
filing_fee_yuan         decimal
"""

MANUFACTURER = """
industry                select_one
key_firm                select_one
key_firm_level          select_one
output_10k              decimal         yes
oversize_output_10k     decimal         yes
output_unknown          select_multiple tick
output_unknown_reason   text            if
employees               integer
product_name            text            yes     product
product_model           text            yes     product
cargo_kind              select_one      yes     product
length_m                decimal         yes     product
width_m                 decimal         yes     product
height_m                decimal         yes     product
mass_t                  decimal         yes     product
divisible               select_one      -       product
largest_part_text       text            -       product
mass_band               text            =       product
size_band               text            =       product
least_class             text            =       product
made_last_year          integer         yes     product
planned_this_year       integer         yes     product
ship_q1                 integer         yes     product
ship_q2                 integer         yes     product
ship_q3                 integer         yes     product
ship_q4                 integer         yes     product
ship_unknown            select_multiple tick    product
ship_unknown_reason     text            if      product
cog_text                text            -       product
drawing                 image           -       product
batch                   select_one      -       product
planned_total           integer         =
max_mass_t              decimal         =
max_width_m             decimal         =
max_height_m            decimal         =
max_length_m            decimal         =
transport_cost_10k      decimal         yes
cost_unknown            select_multiple tick
cost_unknown_reason     text            if
cost_freight_10k        decimal
cost_toll_10k           decimal
cost_escort_10k         decimal
cost_survey_10k         decimal
cost_reinforce_10k      decimal
cost_filing_10k         decimal
cost_insurance_10k      decimal
cost_other_10k          decimal
cost_share_pct          decimal
sales_province          select_one      yes     sales
sales_country           text            yes     sales
sales_share_pct         decimal         yes     sales
sales_share_unknown     select_multiple tick
sales_share_unknown_reason text         if
gate_width_m            decimal
gate_height_m           decimal
crane_t                 decimal
yard_photo              image
transport_mode          select_one
carrier_name            text            -       main_carrier
carrier_credit_code     text            -       main_carrier
carrier_share_pct       decimal         -       main_carrier
permits_last_year       integer
order_cargo_kind        select_one      -       order_ahead
order_pieces            integer         -       order_ahead
order_dest_province     select_one      -       order_ahead
order_ship_from         date            -       order_ahead
order_ship_to           date            -       order_ahead
"""
PROJECT = """
project_name            text            yes
project_code            text
list_issuer             select_one      yes
list_level              select_one      yes
list_year               integer         yes
list_number             text            yes
list_unknown            select_multiple tick
list_unknown_reason     text            if
sector                  select_one
investment_10k          decimal
site_area               select_one
site_location           geopoint
site_access_text        text
site_photo              image
phase                   select_one
start_on                date
finish_on               date
equipment_name          text            yes     demand
cargo_kind              select_one      yes     demand
pieces                  integer         yes     demand
length_m                decimal         yes     demand
width_m                 decimal         yes     demand
height_m                decimal         yes     demand
mass_t                  decimal         yes     demand
maker_name              text            yes     demand
from_province           select_one      yes     demand
from_text               text            yes     demand
source_unknown          select_multiple tick    demand
source_unknown_reason   text            if      demand
quay_text               text            if      demand
ship_from               date            yes     demand
ship_to                 date            yes     demand
milestone               text            yes     demand
latest_arrival          date            yes     demand
flexible                select_one      yes     demand
delay_effect            text            yes     demand
schedule_unknown        select_multiple tick    demand
schedule_unknown_reason text            if      demand
carrier_chosen          select_one      -       demand
carrier_name            text            -       demand
permit_state            select_one      -       demand
pieces_total            integer         =
mass_total_t            decimal         =
max_mass_t              decimal         =
max_width_m             decimal         =
max_height_m            decimal         =
max_length_m            decimal         =
is_last_mile            select_one      -       route
works_needed_text       text            -       route
access_works            select_one
access_owner            text
access_done_on          date
transport_party         select_one
"""
VEHICLE_MAKER = """
maker_kind              select_multiple yes
vehicle_kind            select_one      yes     model
model_code              text            -       model
brand                   text            -       model
axle_lines              integer         -       model
axle_files              integer         -       model
axles                   integer         -       model
tyres                   integer         -       model
line_capacity_t         decimal         -       model
kerb_t                  decimal         -       model
payload_t               decimal         -       model
length_m                decimal         -       model
width_m                 decimal         -       model
deck_height_m           decimal         -       model
extend_to_m             decimal         -       model
made_last_year          integer         yes     model
expected_this_year      integer         yes     model
count_unit              select_one      -       model
sales_10k               decimal         yes     model
sales_unknown           select_multiple tick
sales_unknown_reason    text            if
in_catalogue            select_one      yes     model
catalogue_batch         text            yes     model
catalogue_no            text            yes     model
not_in_reason           text            -       model
registrable             select_one      -       model
buyers_text             text            -       model
certificate             image           -       model
made_total              integer         =
sales_total_10k         decimal         =
catalogue_share_pct     decimal         =
capacity_per_year       integer
test_ability            text
standard_problem        text
"""
CARRIER = """
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
vehicles_total          integer         =
registered_total        integer         =
unregistered_total      integer         =
hydraulic_lines_total   integer         =
tractors_total          integer         =
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
balance_10k             decimal         =
trips                   integer
cargo_t                 decimal
max_piece_t             decimal
max_gross_t             decimal
cargo_kinds             select_multiple yes
share_kind              select_one      -       cargo_share
share_of_trips_pct      decimal         -       cargo_share
permits_1               integer
permits_2               integer
permits_3               integer
permits_cross           integer
permits_inside          integer
escort_mode             select_multiple
client_name             text            -       client
client_credit_code      text            -       client
client_share_pct        decimal         -       client
violations              integer
accidents               integer
"""
ASSOCIATIONS = """
level                   select_one      yes
registrar               text            yes
registration_no         text            yes
founded_on              date            yes
supervisor              text            yes
decoupled               select_one      yes
kind                    select_one
members                 integer         yes
members_carriers        integer         yes
members_makers          integer         yes
members_vehicle         integer         yes
members_persons         integer         yes
area_carriers           integer
coverage_pct            decimal         =
management_mode         select_multiple yes
management_rules_text   text            yes
has_roster              select_one      yes
member_name             text            -       member
member_credit_code      text            -       member
services                select_multiple yes
service_trainings       integer         yes
service_trained_persons integer         yes
service_rights_cases    integer         yes
service_filing_cases    integer         yes
service_exchanges       integer         yes
fees_text               text
staff                   integer
income_10k              decimal
expense_10k             decimal
has_plan                select_one      yes
plan_from               integer         yes
plan_to                 integer         yes
plan_points             text            yes
plan_file               image
industry_problems       text
wishes                  text
can_do                  select_multiple
"""
PERMIT_OFFICE = """
level                   select_one      yes
office_kind             select_one      yes
parent                  text            yes
power_basis             select_one      yes
power_document          text            yes
reform_text             text            yes
road_kinds              select_multiple yes
expressway_length_km    decimal         yes
national_length_km      decimal         yes
provincial_length_km    decimal         yes
rural_length_km         decimal         yes
city_length_km          decimal         yes
roles                   select_multiple yes
step_name               text            yes     step
step_unit               text            yes     step
step_days               decimal         yes     step
step_online             select_one      yes     step
step_document           text            yes     step
consulted               text            yes     consultation
consult_when            select_one      yes     consultation
consult_days            decimal         yes     consultation
promise_1_own           decimal
promise_1_cross         decimal
promise_2_own           decimal
promise_2_cross         decimal
promise_3_own           decimal
promise_3_cross         decimal
systems                 select_multiple yes
check_body              text
check_mode              select_one
check_payer             select_one
staff_total             integer         yes
staff_full              integer         yes
staff_part              integer         yes
staff_established       integer         yes
staff_contract          integer         yes
staff_degree_master     integer         yes
staff_degree_bachelor   integer         yes
staff_degree_other      integer         yes
staff_bridge            integer         yes
staff_law               integer         yes
staff_it                integer         yes
staff_under35           integer         yes
staff_36_50             integer         yes
staff_over50            integer         yes
staff_certified         integer         yes
liaison_a               integer
liaison_b               integer
scope                   select_one      yes     permits
class                   select_one      yes     permits
received                integer         yes     permits
accepted                integer         yes     permits
not_accepted            integer         yes     permits
granted                 integer         yes     permits
refused                 integer         yes     permits
withdrawn               integer         yes     permits
six_month               integer         yes     permits
mean_days               decimal         yes     permits
received_total          integer         =
granted_total           integer         =
overdue                 integer
mass_le_100             integer
mass_100_200            integer
mass_200_300            integer
mass_over_300           integer
one_window              select_one      yes
one_window_scope        select_multiple yes
one_window_gap          text            yes
one_window_by           date            yes
one_window_unknown      select_multiple tick
one_window_unknown_reason text          if
done_at_once            select_one
done_at_once_share_pct  decimal
done_in_one_visit       select_one
done_in_one_visit_share_pct decimal
done_online             select_one
done_online_share_pct   decimal
windows                 integer
hours_text              text
holiday_duty            select_one
enquiry_phone           text
complaint_phone         text
budget_10k              decimal
office_problem_kinds    select_multiple yes
office_problems_text    text            yes
advice_text             text            yes
assets_ready            select_multiple
gate                    text            -       wide_lane_gates
lane_width_m            decimal         -       wide_lane_gates
clear_height_m          decimal         -       wide_lane_gates
direction               select_one      -       wide_lane_gates
measures_text           text
measures_effect         text
"""

FORMS = {
    "manufacturer": HEAD + MANUFACTURER + ROUTE + ASSOCIATION + VOICE + APPLYING,
    "project": HEAD + PROJECT + ROUTE + VOICE + APPLYING,
    "vehicle_maker": HEAD + VEHICLE_MAKER + VOICE + APPLYING,
    "carrier": HEAD + CARRIER + ROUTE + ASSOCIATION + VOICE + APPLYING,
    "association": HEAD + ASSOCIATIONS + VOICE,
    "permit_office": HEAD.replace("legal_person            text\n", "") + PERMIT_OFFICE,
}


def fields(form: str) -> dict[str, tuple[str, str, str]]:
    """{name: (type, mark, repeat)} of a form."""
    found = {}
    for line in filter(None, FORMS[form].splitlines()):
        name, kind, mark, repeat, *_ = (*line.split(), "", "")
        found[name] = (kind, mark.strip("-"), repeat)
    return found


def marked(form: str, *marks: str) -> set[str]:
    """Names of a form's fields with one of these marks."""
    return {name for name, (_, mark, _) in fields(form).items() if mark in marks}
