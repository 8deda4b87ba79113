package dev.weir.guardrail.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.guardrail.Detectors;
import dev.weir.guardrail.Direction;
import dev.weir.guardrail.engine.Recorder;
import dev.weir.guardrail.profile.BuiltInProfiles;
import dev.weir.guardrail.profile.GuardrailProfile;
import dev.weir.guardrail.profile.Naming;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.guardrail.scan.Replacements;
import dev.weir.guardrail.stream.TextStream.Way;
import dev.weir.telemetry.GuardrailTrace;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guardrails that rules configure, over answers that are still being written. */
class CustomStreamTest {
  private static final Detectors DETECTORS = Detectors.builtIn();

  private final GuardrailTrace trace = new GuardrailTrace();

  private Channel channel(String guardrail, String action, String config, String more) {
    var rules = "[{\"guardrail\":\"" + guardrail + "\",\"action\":\"" + action
        + "\",\"directions\":[\"output\"],\"config\":" + config.replace('\'', '"') + more + "}]";
    var profile = GuardrailProfile.read("p", "p", 1, rules, DETECTORS);
    var chain = ProfileBook.of(
            java.util.List.of(profile), new BuiltInProfiles(DETECTORS), Optional.empty())
        .chain(java.util.List.of(new Naming("key", "p")), Optional.empty());
    assertThat(chain.heavyOutput()).isEqualTo(!guardrail.equals("keywords"));
    var checks = new StreamChecks(
        chain,
        new Replacements(new byte[] {1}),
        trace,
        new Recorder(trace, Direction.OUTPUT),
        Duration.ofSeconds(20));
    return new Channel(checks, "/c", Channel.Writing.TEXT, Way.SPOKEN);
  }

  private static String through(Channel channel, String text, Random random) {
    var out = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int next = Math.min(text.length(), at + 1 + random.nextInt(9));
      out.append(channel.push(text.substring(at, next)));
      at = next;
    }
    return channel.stop().isPresent()
        ? out.toString()
        : out.append(channel.end()).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "keywords; {'words':['falcon','project falcon','la']}; in project falcon, La falcon lands",
        "keywords; {'words':['alc'],'match':'substring'}; in project falcon, La falcon lands",
        "pattern; {'patterns':['ticket-[0-9]+','[A-Z]{3}[0-9]{2,}']}; ticket-12345 or ABC1234 or ticket-x",
        "pattern; {'patterns':['^secret','end$']}; secret to the end of it, secret end"
      })
  void however_it_is_cut_what_goes_on_is_the_redaction_of_the_whole(
      String guardrail, String config, String sample) {
    var random = new Random(61);
    for (int round = 0; round < 60; round++) {
      var text = (sample + " and so on. ").repeat(1 + random.nextInt(60)) + sample;
      var channel = channel(guardrail, "redact", config, "");
      var whole = channel.push(text) + channel.end();
      assertThat(whole).isNotEqualTo(text);
      assertThat(through(channel(guardrail, "redact", config, ""), text, random))
          .isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "length; {'max_characters':20}; short enough; this one is longer than that",
        "length; {'max_tokens':5}; short enough; this one is longer than that, by far",
        "json_schema; {'schema':{'type':'object','required':['a']}}; {\"a\":[1,2]}; {\"b\":1}",
        "json_schema; {'schema':{'type':'object'}}; {}; Here is your JSON: {}",
        "language; {'allowed':['en']}; this is what we have for you today; das ist nicht das was wir heute für dich haben"
      })
  void what_judges_the_whole_lets_nothing_out_before_its_end(
      String guardrail, String config, String good, String bad) {
    var random = new Random(62);
    assertThat(through(channel(guardrail, "block", config, ""), good, random)).isEqualTo(good);
    var channel = channel(guardrail, "block", config, "");
    assertThat(through(channel, bad, random)).isEmpty();
    assertThat(channel.stop()).isPresent();
    assertThat(through(channel(guardrail, "flag", config, ""), bad, random)).isEqualTo(bad);
    assertThat(trace.header()).contains(guardrail + ";action=flag");
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "closed"})
  void an_answer_too_large_to_be_held_is_for_the_rule_to_decide(String otherwise) {
    var channel = channel(
        "json_schema",
        "block",
        "{'schema':{'type':'object'}}",
        ",\"on_oversize\":\"" + otherwise + "\"");
    var out = new StringBuilder();
    for (int i = 0; i < 300 && channel.stop().isEmpty(); i++) {
      out.append(channel.push("{ \"a\": [".repeat(512)));
    }
    assertThat(channel.stop().isPresent()).isEqualTo(otherwise.equals("closed"));
    assertThat(out.isEmpty()).isEqualTo(otherwise.equals("closed"));
    assertThat(trace.header()).contains("json_schema;action=uninspected");
  }

  @Test
  void prose_flows_while_keywords_are_looked_for() {
    var channel = channel("keywords", "redact", "{'words':['falcon']}", "");
    var text = "this is how an answer reads when nothing in it is looked for and it flows ";
    int sent = 0;
    for (int i = 0; i < text.length(); i++) {
      sent += channel.push(text.substring(i, i + 1)).length();
      assertThat(i + 1 - sent).isLessThanOrEqualTo(16);
    }
  }
}
