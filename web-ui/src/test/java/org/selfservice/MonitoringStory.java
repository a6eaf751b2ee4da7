package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the shipped dashboard draws and the shipped alerts watch is what the portal measures. */
class MonitoringStory extends PortalUnderTest {
    private static final Path DEPLOYMENT = Path.of("..", "deploy");
    private static final Pattern METRIC = Pattern.compile("\\b(?:portal|http|jvm)_[a-z_]+");
    /** A metric with the labels by which it is chosen. */
    private static final Pattern CHOSEN = Pattern.compile("\\b((?:portal|http|jvm)_[a-z_]+)\\{([^}]*)}");

    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=|!=|=~|!~)\"");

    @Test
    void every_metric_of_the_dashboard_and_of_the_alerts_is_measured() throws IOException {
        signedIn(AMINA);
        Visitor declining = visitor();
        Visitor.Answer refused = machine("programs:write").send("POST", "/api/v1/programs/no-such-program/opening", "");
        assertThat(HttpStatus.valueOf(refused.status()).is4xxClientError()).isTrue();
        declining.get("/");
        String measured = visitor()
                .with("Accept", "text/plain")
                .look("/actuator/prometheus")
                .body();

        List<String> expressions = new ArrayList<>(drawn());
        assertThat(expressions).hasSizeGreaterThan(10);
        List<String> watched = watched();
        assertThat(watched).isNotEmpty();
        expressions.addAll(watched);
        for (String expression : expressions) {
            assertThat(METRIC.matcher(expression).results().map(found -> found.group()))
                    .as(expression)
                    .allSatisfy(
                            metric -> assertThat(measured).containsPattern("(?m)^" + Pattern.quote(metric) + "[{ ]"));
            Matcher chosen = CHOSEN.matcher(expression);
            while (chosen.find()) {
                String metric = chosen.group(1);
                assertThat(LABEL.matcher(chosen.group(2)).results().map(found -> found.group(1)))
                        .as(expression)
                        .allSatisfy(label -> assertThat(measured)
                                .containsPattern("(?m)^" + metric + "\\{(?:[^}]*,)?" + label + "=\""));
            }
        }
        assertThat(measured)
                .containsPattern("portal_sign_ins_total\\{[^}]*outcome=\"signed-in\"[^}]*provider=\"national\"");
    }

    private static List<String> drawn() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(DEPLOYMENT.resolve("grafana/dashboard.json"));
        return dashboard
                .get("panels")
                .valueStream()
                .flatMap(panel -> panel.get("targets").valueStream())
                .map(target -> target.get("expr").asString())
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<String> watched() throws IOException {
        Map<String, Object> alerts = new Yaml().load(Files.readString(DEPLOYMENT.resolve("alerts.yml")));
        return ((List<Map<String, Object>>) alerts.get("groups"))
                .stream()
                        .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                        .flatMap(rule -> Stream.of(rule.get("expr").toString()))
                        .toList();
    }
}
