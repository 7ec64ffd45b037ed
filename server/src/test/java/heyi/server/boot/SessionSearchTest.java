package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.server.boot.RunningHeyi.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding sessions by case, person and day, on the real server with its real database. */
class SessionSearchTest {
  private static final int OTHER_SESSIONS = 53;

  @TempDir static Path folder;

  private static RunningHeyi heyi;
  private static String mediator;
  private static String auditor;
  private static String otherCase;

  @BeforeAll
  static void start() throws Exception {
    heyi = RunningHeyi.start(folder.resolve("data"));
    mediator = heyi.login(heyi.links().mediator());
    auditor = heyi.login(heyi.links().auditor());
    JsonNode made =
        post(
            "/api/cases",
            "{\"title\":\"Household_loan 100%\",\"parties\":["
                + "{\"role\":\"applicant\",\"displayName\":\"Sample Bank\"},"
                + "{\"role\":\"respondent\",\"displayName\":\"欧阳示例\"}]}");
    otherCase = made.path("caseId").asText();
    for (int i = 0; i < OTHER_SESSIONS; i++) {
      post("/api/cases/" + otherCase + "/sessions", "{}");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    heyi.close();
  }

  private static JsonNode post(String path, String body) throws Exception {
    Answer answer = heyi.send("POST", path, body, "Cookie", mediator);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private static Answer search(String cookie, String query) throws Exception {
    return heyi.send("GET", "/api/sessions?" + query, null, "Cookie", cookie);
  }

  private static JsonNode found(String query) throws Exception {
    Answer answer = search(auditor, query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> cases(JsonNode found) {
    return found.path("sessions").findValuesAsText("caseId").stream().distinct().toList();
  }

  private static String q(String words) {
    return "q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"欧阳", "household_LOAN", "sample 欧阳", "100%", "bank　loan"})
  void eachWordMayBeInAnotherField(String words) throws Exception {
    assertThat(cases(found(q(words)))).containsExactly(otherCase);
  }

  @ParameterizedTest
  @ValueSource(strings = {"householdXloan", "100%d", "欧阳 nobody", "'; drop table party; --"})
  void whatDoesNotOccurIsNotFound(String words) throws Exception {
    assertThat(found(q(words)).path("sessions")).isEmpty();
  }

  @Test
  void resultsComeInPages() throws Exception {
    JsonNode first = found(q("欧阳"));
    JsonNode second = found(q("欧阳") + "&page=1");

    assertThat(first.path("sessions")).hasSize(50);
    assertThat(first.path("more").asBoolean()).isTrue();
    assertThat(second.path("sessions")).hasSize(OTHER_SESSIONS - 50);
    assertThat(second.path("more").asBoolean()).isFalse();
    List<String> ids = first.path("sessions").findValuesAsText("sessionId");
    assertThat(second.path("sessions").findValuesAsText("sessionId"))
        .doesNotContainAnyElementsOf(ids);
  }

  @Test
  void daysAndStateNarrow() throws Exception {
    assertThat(found("from=2099-01-01T00:00:00Z").path("sessions")).isEmpty();
    assertThat(found("to=2020-01-01T00:00:00Z").path("sessions")).isEmpty();
    assertThat(found(q("欧阳") + "&from=2020-01-01T00:00:00Z").path("sessions")).isNotEmpty();
    assertThat(found("state=SEALED").path("sessions")).isEmpty();
    assertThat(found("state=SCHEDULED").path("sessions")).isNotEmpty();
  }

  @Test
  void aMediatorFindsHisOwnAndAStrangerNothing() throws Exception {
    assertThat(search(mediator, q("欧阳")).json().path("sessions")).isNotEmpty();
    assertThat(heyi.send("GET", "/api/sessions", null).status()).isEqualTo(401);
  }

  @Test
  void whoMayNotReplayMayNotLookForWordsOfTranscripts() throws Exception {
    String clerk = heyi.login(heyi.links().clerk());
    String asked = "text=" + URLEncoder.encode("欠款", StandardCharsets.UTF_8);

    assertThat(search(clerk, asked).status()).isEqualTo(403);
    assertThat(search(clerk, q("欧阳")).status()).isEqualTo(200);
    assertThat(search(auditor, asked).json().path("sessions")).isEmpty();
    assertThat(search(mediator, asked).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=yesterday",
        "to=2026-11-21",
        "state=ODD",
        "page=-1",
        "page=many",
        "text=%E6%AC%A0",
        "text=a%00b",
        "q=a+b+c+d+e+f+g+h+i"
      })
  void whatCannotBeAskedIsRefusedInWords(String query) throws Exception {
    Answer answer = search(auditor, query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:heyi:problem:malformed");
    assertThat(answer.json().path("detail").asText()).contains("query parameter");
  }
}
