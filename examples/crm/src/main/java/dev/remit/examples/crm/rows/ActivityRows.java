package dev.remit.examples.crm.rows;

import dev.remit.examples.crm.people.Draw;
import dev.remit.examples.crm.people.Person;
import dev.remit.examples.crm.people.Population;
import dev.remit.examples.crm.people.Traps;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Imported consents, product usage and e-mail events: three, three and four rows a customer.
final class ActivityRows {
  private static final Instant MAILS_SINCE = Instant.parse("2026-06-01T00:00:00Z");
  private static final List<String> PURPOSES = List.of("marketing", "analytics", "personalisation");
  private static final List<String> CHANNELS = List.of("email", "sms", "post", "web");
  private static final List<String> SYSTEMS = List.of("legacy-crm", "webshop", "trade-fair-2021");
  private static final List<String> CAMPAIGNS = List.of("spring", "back-to-school", "harvest");
  private static final List<String> KINDS =
      List.of("sent", "sent", "sent", "opened", "opened", "clicked", "bounced", "unsubscribed");
  private static final List<String> AGENTS =
      List.of("Thunderbird/128", "Outlook/16", "Apple Mail (22G)", "K-9 Mail/8");

  private final Population population;

  private ActivityRows(Population population) {
    this.population = population;
  }

  static List<Table> tables(Population population) {
    ActivityRows rows = new ActivityRows(population);
    return List.of(
        new Table(
            "consents_imported",
            "consent_id, brand_id, customer_id, purpose, channel, granted, recorded_at,"
                + " imported_from, region",
            rows::consents),
        new Table(
            "product_usage",
            "usage_id, brand_id, customer_id, product_id, device_id, ip_address, seconds, region,"
                + " used_at",
            rows::usage),
        new Table(
            "email_events",
            "event_id, occurred_at, brand_id, customer_id, recipient, campaign, kind, ip_address,"
                + " user_agent, region",
            rows::emailEvents));
  }

  private void consents(RowWriter out) throws IOException {
    for (long index = 0; index < population.customers(); index++) {
      Person person = population.person(index);
      for (int i = 0; i < PURPOSES.size(); i++) {
        long id = index * PURPOSES.size() + i + 1;
        Draw draw = new Draw(population.seed(), "consent", id);
        out.number(id).number(person.brandId()).number(person.customerId());
        out.text(PURPOSES.get(i)).text(draw.pick(CHANNELS)).truth(draw.percent(60));
        out.instant(draw.between(person.createdAt(), Population.AS_OF));
        out.text(draw.pick(SYSTEMS)).text(person.region()).endRow();
      }
    }
  }

  private void usage(RowWriter out) throws IOException {
    for (long index = 0; index < population.customers(); index++) {
      Person person = population.person(index);
      Draw device = new Draw(population.seed(), "device", index);
      String deviceId = new UUID(device.bits(), device.bits()).toString();
      for (int i = 0; i < 3; i++) {
        long id = index * 3 + i + 1;
        Draw draw = new Draw(population.seed(), "usage", id);
        out.number(id).number(person.brandId()).number(person.customerId());
        out.number(draw.below(population.products().size()) + 1).text(deviceId);
        out.text(ipAddress(draw)).number(draw.below(7_200)).text(person.region());
        out.instant(draw.between(person.createdAt(), Population.AS_OF)).endRow();
      }
    }
  }

  private void emailEvents(RowWriter out) throws IOException {
    long events = population.customers() * 4;
    for (long id = 1; id <= events; id++) {
      Person person = population.person((id - 1) / 4);
      emailEvent(out, id, person, person.customerId());
    }
    emailEvent(out, events + 1, population.person(0), Traps.MISSING_CUSTOMER_ID);
  }

  private void emailEvent(RowWriter out, long id, Person person, long customerId)
      throws IOException {
    Draw draw = new Draw(population.seed(), "mail", id);
    boolean spelledOtherwise = person.index() == Traps.THREE_SPELLINGS;
    String kind = draw.pick(KINDS);
    boolean seen = kind.equals("opened") || kind.equals("clicked");
    out.number(id).instant(draw.between(MAILS_SINCE, Population.AS_OF));
    out.number(person.brandId()).number(customerId);
    out.text(person.emailAsSpelledBy(spelledOtherwise ? 2 : 0)).text(draw.pick(CAMPAIGNS));
    out.text(kind).text(seen ? Optional.of(ipAddress(draw)) : Optional.empty());
    out.text(seen ? Optional.of(draw.pick(AGENTS)) : Optional.empty());
    out.text(person.region()).endRow();
  }

  /// Of the ranges kept for documentation (RFC 5737 and RFC 3849).
  private static String ipAddress(Draw draw) {
    return switch (draw.below(4)) {
      case 0 -> "192.0.2." + draw.below(256);
      case 1 -> "198.51.100." + draw.below(256);
      case 2 -> "203.0.113." + draw.below(256);
      default -> "2001:db8::" + Integer.toHexString(draw.below(65_536));
    };
  }
}
