"""Lists the events of calendar files as Python's icalendar reads them, with
the time zones that stand in the files:

    python3 ical.py FILE...

A line has the file, the UID, the title, the start and the end, in UTC or as
dates, with tabs between them. A recurring event has a line for each of its
first dates.
"""
import datetime
import itertools
import sys

import dateutil.rrule
import icalendar

LIMIT = 40
UTC = datetime.timezone.utc


def main():
    for name in sys.argv[1:]:
        with open(name, "rb") as file:
            calendar = icalendar.Calendar.from_ical(file.read())
        zones = {str(z["TZID"]): z.to_tz() for z in calendar.walk("VTIMEZONE")}
        for event in calendar.walk("VEVENT"):
            for start, end in dates(event, zones):
                print(name, event["UID"], event["SUMMARY"], text(start), text(end), sep="\t")


def dates(event, zones):
    """Yields start and end of each date; an end that is not known is None."""
    zone = zones.get(event["DTSTART"].params.get("TZID"), UTC)
    start, end = event["DTSTART"].dt, event.get("DTEND")
    length = instant(end.dt, zone) - instant(start, zone) if end else None
    for wall in walls(event, bare(start), zone):
        begin = instant(wall if isinstance(start, datetime.datetime) else wall.date(), zone)
        yield begin, begin + length if end else None


def walls(event, first, zone):
    """Gives what clocks show when the event begins, the first time and again."""
    if "RRULE" not in event:
        return [first]
    rule = event["RRULE"]
    if "UNTIL" in rule:
        until = rule["UNTIL"][0]
        if isinstance(until, datetime.datetime):
            until = until.astimezone(zone)
        rule["UNTIL"] = [bare(until)]
    rules = dateutil.rrule.rruleset()
    rules.rrule(dateutil.rrule.rrulestr(rule.to_ical().decode(), dtstart=first))
    excepted = event.get("EXDATE", [])
    for prop in excepted if isinstance(excepted, list) else [excepted]:
        for excluded in prop.dts:
            rules.exdate(bare(excluded.dt))
    return itertools.islice(rules, LIMIT)


def bare(value):
    """Gives a date or time without its zone, a date as its midnight."""
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None)
    return datetime.datetime.combine(value, datetime.time())


def instant(value, zone):
    """Gives a time as an instant; a date stays one."""
    if not isinstance(value, datetime.datetime):
        return value
    if value.tzinfo is UTC or value.tzinfo is not None and value.tzname() == "UTC" or zone is UTC:
        return value.replace(tzinfo=UTC)
    return zone.localize(value.replace(tzinfo=None), is_dst=None).astimezone(UTC)


def text(value):
    if value is None:
        return "-"
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


main()
