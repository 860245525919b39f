package dev.remit.examples.crm.rows;

import dev.remit.examples.crm.people.Draw;
import dev.remit.examples.crm.people.Person;
import dev.remit.examples.crm.people.Population;
import dev.remit.examples.crm.people.Traps;
import java.io.IOException;
import java.util.List;

/// Tickets and notes: running text with data of its person, and of others, inside.
final class ConversationRows {
  private static final List<String> SUBJECTS =
      List.of(
          "Invoice", "Delivery is late", "Change of address", "Refund", "Log-in", "Réclamation");
  private static final List<String> TICKETS =
      List.of(
          "Hello, this is {name}. My parcel has not come. Please call {phone}.",
          "I have moved, my new address is {address}. Write to {email} when it is done.",
          "Please refund to my account {iban} and not to the old one.\nRegards, {name}",
          "I cannot log in with {email} any more; the page says \"unknown\".",
          "Guten Tag, bitte senden Sie die Rechnung an {email}. {name}, geboren am {birth}",
          "Bonjour, je n'ai rien reçu à {address}. Rappelez-moi au {phone}. Merci, {name}");
  private static final List<String> NOTES =
      List.of(
          "Spoke to {name}, wants a call back on {phone} after six.",
          "Mail to {email} bounced twice; {other} at the same address answered instead.",
          "{name} asked that {other} ({otheremail}) be copied on everything.",
          "Paid by transfer from {iban}; name on the account is {other}.",
          "Birthday {birth}. Send the usual card to {address}.",
          "Nothing new since the last visit.");
  private static final List<String> AUTHORS = List.of("m.okafor", "j.lind", "a.petrov", "s.díaz");

  private final Population population;

  private ConversationRows(Population population) {
    this.population = population;
  }

  static List<Table> tables(Population population) {
    ConversationRows rows = new ConversationRows(population);
    return List.of(
        new Table(
            "tickets",
            "ticket_id, contact_id, subject, body, reporter_email, open, region, opened_at",
            rows::tickets),
        new Table("notes", "note_id, contact_id, author, body, region, created_at", rows::notes));
  }

  private void tickets(RowWriter out) throws IOException {
    long id = 0;
    for (long index = 0; index < population.customers(); index++) {
      Draw draw = new Draw(population.seed(), "ticket", index);
      Person person = population.person(index);
      for (int i = draw.below(10) - 7; i >= 0; i--) {
        id++;
        ticket(out, id, person.index() + 1, person, draw);
      }
    }
    ticket(
        out,
        id + 1,
        Traps.MISSING_CONTACT_ID,
        population.person(0),
        new Draw(population.seed(), "orphan", 0));
  }

  private void ticket(RowWriter out, long id, long contactId, Person person, Draw draw)
      throws IOException {
    out.number(id).number(contactId).text(draw.pick(SUBJECTS));
    out.text(filled(draw.pick(TICKETS), person, draw)).text(person.emailAsSpelledBy(0));
    out.truth(draw.percent(20)).text(person.region());
    out.instant(draw.between(person.createdAt(), Population.AS_OF)).endRow();
  }

  private void notes(RowWriter out) throws IOException {
    long id = 0;
    for (long index = 0; index < population.customers(); index++) {
      Draw draw = new Draw(population.seed(), "note", index);
      Person person = population.person(index);
      for (int i = draw.below(5) - 2; i >= 0; i--) {
        id++;
        out.number(id).number(person.index() + 1).text(draw.pick(AUTHORS));
        out.text(filled(draw.pick(NOTES), person, draw)).text(person.region());
        out.instant(draw.between(person.createdAt(), Population.AS_OF)).endRow();
      }
    }
  }

  private String filled(String template, Person person, Draw draw) {
    Person other = population.person(draw.below((int) population.customers()));
    return template
        .replace("{name}", person.fullName())
        .replace("{phone}", person.phone())
        .replace("{email}", person.email())
        .replace("{address}", person.address().inOneLine())
        .replace("{iban}", person.iban().orElse("(see file)"))
        .replace("{birth}", person.birthDate().toString())
        .replace("{otheremail}", other.email())
        .replace("{other}", other.fullName());
  }
}
