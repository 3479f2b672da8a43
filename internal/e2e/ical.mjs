// Lists the events of calendar files as ical.js reads them, with the time
// zones that stand in the files:
//
//	node ical.mjs FILE...
//
// A line has the file, the UID, the title, the start and the end, in UTC or as
// dates, with tabs between them. A recurring event has a line for each of its
// first dates.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const limit = 40;

const text = (time) => time.isDate
	? time.toString()
	: new Date(time.toUnixTime() * 1000).toISOString().replace('.000Z', 'Z');

// zoned throws where ical.js would quietly take a time for one of no zone.
function zoned(time, property) {
	if (!time.isDate && time.zone.tzid === 'floating') {
		throw new Error(`no time zone: ${property.toICALString()}`);
	}
	return time;
}

for (const file of process.argv.slice(2)) {
	const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, 'utf8')));
	ICAL.TimezoneService.reset();
	for (const zone of calendar.getAllSubcomponents('vtimezone')) {
		ICAL.TimezoneService.register(zone);
	}
	for (const component of calendar.getAllSubcomponents('vevent')) {
		const event = new ICAL.Event(component);
		const start = component.getFirstProperty('dtstart');
		const ends = component.hasProperty('dtend');
		const row = (from, to) => [file, event.uid, event.summary, text(zoned(from, start)), ends ? text(to) : '-'].join('\t');
		if (!event.isRecurring()) {
			console.log(row(event.startDate, event.endDate));
			continue;
		}
		const dates = event.iterator();
		for (let n = 0, date; n < limit && (date = dates.next()); n++) {
			const occurrence = event.getOccurrenceDetails(date);
			console.log(row(occurrence.startDate, occurrence.endDate));
		}
	}
}
