package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.server.boot.RunningHeyi.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST API from outside, on the real server with its real database. */
class ApiTest {
  @TempDir static Path folder;

  private static RunningHeyi heyi;
  private static String mediator;
  private static String auditor;
  private static JsonNode demoCase;

  @BeforeAll
  static void start() throws Exception {
    heyi = RunningHeyi.start(folder.resolve("data"));
    mediator = heyi.login(heyi.links().mediator());
    auditor = heyi.login(heyi.links().auditor());
    String caseId =
        heyi.send("GET", "/api/cases", null, "Cookie", mediator)
            .json()
            .at("/cases/0/caseId")
            .asText();
    demoCase = heyi.send("GET", "/api/cases/" + caseId, null, "Cookie", mediator).json();
  }

  @AfterAll
  static void stop() throws Exception {
    heyi.close();
  }

  private static void isProblem(Answer answer, int status, String slug) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("content-type")).startsWith("application/problem+json");
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:heyi:problem:" + slug);
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.json().path("correlationId").asText())
        .isEqualTo(answer.header("x-correlation-id"));
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\\tat ");
  }

  private static String sessionId() {
    return demoCase.at("/sessions/0/sessionId").asText();
  }

  private static Answer invite(String cookie, String partyId) throws Exception {
    return heyi.send(
        "POST",
        "/api/sessions/" + sessionId() + "/invitations",
        "{\"partyId\":\"" + partyId + "\"}",
        "Cookie",
        cookie);
  }

  private static String tokenOf(Answer invitation) {
    String url = invitation.json().path("url").asText();
    return url.substring(url.indexOf('#') + 1);
  }

  private static Answer preview(String token) throws Exception {
    return heyi.send("POST", "/api/invitations/preview", "{\"token\":\"" + token + "\"}");
  }

  @Nested
  class SigningIn {
    @Test
    void aWrongPasswordAndAnUnknownUserLookTheSame() throws Exception {
      isProblem(
          heyi.send("POST", "/api/login", "{\"user\":\"mediator\",\"password\":\"x\"}"),
          401,
          "wrong-credentials");
      isProblem(
          heyi.send("POST", "/api/login", "{\"user\":\"nobody\",\"password\":\"x\"}"),
          401,
          "wrong-credentials");
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOtherSites() throws Exception {
      DemoData.Login login = heyi.links().auditor();
      Answer answer =
          heyi.send(
              "POST",
              "/api/login",
              String.format(
                  Locale.ROOT,
                  "{\"user\":\"%s\",\"password\":\"%s\"}",
                  login.user(),
                  login.password().reveal()));

      assertThat(answer.header("set-cookie")).contains("HttpOnly").contains("SameSite=Strict");
      assertThat(answer.json().path("roles").get(0).asText()).isEqualTo("auditor");
    }

    @Test
    void afterSigningOutTheCookieIsWorthless() throws Exception {
      String cookie = heyi.login(heyi.links().auditor());

      heyi.send("POST", "/api/logout", "{}", "Cookie", cookie);

      isProblem(heyi.send("GET", "/api/me", null, "Cookie", cookie), 401, "not-signed-in");
    }
  }

  @Nested
  class BadInput {
    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"x\"", "{\"user\":1}", "{\"user\":\" \"}"})
    void malformedBodiesAreRefused(String body) throws Exception {
      isProblem(heyi.send("POST", "/api/login", body), 400, "malformed");
    }

    @Test
    void aBodyThatIsNotJsonIsRefused() throws Exception {
      isProblem(
          heyi.send("POST", "/api/login", "user=x", "Content-Type", "text/plain"), 415, "not-json");
    }

    @Test
    void anOversizedBodyIsRefused() throws Exception {
      String large = "{\"user\":\"" + "x".repeat(5_000) + "\",\"password\":\"x\"}";

      isProblem(heyi.send("POST", "/api/login", large), 413, "too-large");
    }

    @Test
    void anUnknownPathOfTheApiIsAProblemAndNoPage() throws Exception {
      isProblem(heyi.send("GET", "/api/nothing", null), 404, "not-found");
    }

    @Test
    void aRequestFromAnotherSiteIsRefused() throws Exception {
      isProblem(
          heyi.send(
              "POST", "/api/cases", "{}", "Cookie", mediator, "Origin", "https://evil.example"),
          403,
          "foreign-origin");
    }

    @Test
    void aRefusedCaseIsNotMade() throws Exception {
      int before = caseCount();

      isProblem(
          heyi.send(
              "POST",
              "/api/cases",
              "{\"title\":\"t\",\"parties\":[{\"role\":\"judge\",\"displayName\":\"x\"}]}",
              "Cookie",
              mediator),
          400,
          "malformed");

      assertThat(caseCount()).isEqualTo(before);
    }

    private static int caseCount() throws Exception {
      return heyi.send("GET", "/api/cases", null, "Cookie", mediator).json().path("cases").size();
    }
  }

  @Nested
  class Entitlement {
    @Test
    void withoutSigningInNothingIsTold() throws Exception {
      for (String path : List.of("/api/me", "/api/cases", "/api/sessions/x", "/api/documents/x")) {
        isProblem(heyi.send("GET", path, null), 401, "not-signed-in");
      }
    }

    @Test
    void anAuditorReadsButDoesNotLead() throws Exception {
      String caseId = demoCase.path("caseId").asText();

      assertThat(heyi.send("GET", "/api/cases/" + caseId, null, "Cookie", auditor).status())
          .isEqualTo(200);
      isProblem(
          heyi.send("POST", "/api/cases/" + caseId + "/sessions", "{}", "Cookie", auditor),
          403,
          "not-allowed");
      isProblem(
          heyi.send("POST", "/api/sessions/" + sessionId() + "/seat", "{}", "Cookie", auditor),
          403,
          "not-allowed");
    }

    @Test
    void anUnknownSessionIsNotFound() throws Exception {
      isProblem(
          heyi.send("GET", "/api/sessions/session-none", null, "Cookie", auditor),
          404,
          "not-found");
    }

    @Test
    void anAgreementWaitsForThePeopleToBeTogether() throws Exception {
      isProblem(
          heyi.send(
              "PUT",
              "/api/sessions/" + sessionId() + "/agreement",
              "{\"title\":\"t\",\"clauses\":[\"c\"]}",
              "Cookie",
              mediator),
          409,
          "wrong-phase");
    }

    @Test
    void anUnsealedSessionHasNoPackage() throws Exception {
      isProblem(
          heyi.send("GET", "/api/sessions/" + sessionId() + "/package", null, "Cookie", auditor),
          409,
          "not-sealed");
    }
  }

  @Nested
  @DisplayName("Invitations: 128 random bits, kept only as hashes")
  class InvitationLinks {
    @Test
    void aLinkShowsTheCaseAndGivesTheSeat() throws Exception {
      String token = tokenOf(invite(mediator, demoCase.at("/parties/0/partyId").asText()));

      JsonNode preview = preview(token).json();
      Answer seat = heyi.send("POST", "/api/invitations/redeem", "{\"token\":\"" + token + "\"}");

      assertThat(token).matches("[A-Za-z0-9_-]{22}");
      assertThat(preview.path("displayName").asText())
          .isEqualTo(demoCase.at("/parties/0/displayName").asText());
      assertThat(preview.path("consents")).hasSize(2);
      assertThat(seat.json().path("sessionId").asText()).isEqualTo(sessionId());
      assertThat(seat.json().path("seatToken").asText()).matches("[A-Za-z0-9_-]{22}");
    }

    @Test
    void aNewLinkRevokesTheOldOne() throws Exception {
      String partyId = demoCase.at("/parties/1/partyId").asText();
      String old = tokenOf(invite(mediator, partyId));

      String fresh = tokenOf(invite(mediator, partyId));

      isProblem(preview(old), 410, "used-up-invitation");
      assertThat(preview(fresh).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAAAAAAAAAAAAAAAAAAAA", "short", "' or 1=1 --"})
    void anUnknownLinkIsUnknown(String token) throws Exception {
      isProblem(preview(token), 404, "unknown-invitation");
      isProblem(
          heyi.send("POST", "/api/invitations/redeem", "{\"token\":\"" + token + "\"}"),
          404,
          "unknown-invitation");
    }

    @Test
    void onlyPartiesOfTheCaseAreInvited() throws Exception {
      isProblem(invite(mediator, "party-of-another-case"), 404, "not-found");
      isProblem(invite(auditor, demoCase.at("/parties/0/partyId").asText()), 403, "not-allowed");
    }
  }

  @Nested
  class Pages {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/j", "/cases/x", "/room/y", "/../../etc/passwd", "/%2e%2e/x"})
    void everyPageCarriesTheSecurityHeaders(String path) throws Exception {
      Answer answer = heyi.send("GET", path, null);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).startsWith("text/html");
      assertThat(answer.header("content-security-policy"))
          .contains("default-src 'none'")
          .contains("script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(answer.header("permissions-policy")).contains("camera=(self)");
    }

    @Test
    void aMissingAssetIsNotAPage() throws Exception {
      isProblem(heyi.send("GET", "/assets/none.js", null), 404, "not-found");
    }

    @Test
    void operatorsSeeLifeReadinessAndFigures() throws Exception {
      assertThat(heyi.send("GET", "/healthz", null).body()).isEqualTo("ok\n");
      assertThat(heyi.send("GET", "/readyz", null).status()).isEqualTo(200);
      assertThat(heyi.send("GET", "/metrics", null).body()).contains("heyi_rooms_open");
    }
  }
}
