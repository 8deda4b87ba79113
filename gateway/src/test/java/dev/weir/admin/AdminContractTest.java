package dev.weir.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.protocol.GatewayException;
import org.junit.jupiter.api.Test;

class AdminContractTest {
  private final AdminContract contract = AdminContract.load();

  @Test
  void every_operation_names_its_role_and_resource() {
    assertThat(contract.operations()).hasSizeGreaterThan(25).allSatisfy(operation -> {
      assertThat(operation.id()).isNotBlank();
      assertThat(operation.resource()).isNotBlank();
    });
    assertThat(contract.operations().stream().map(AdminOperation::id)).doesNotHaveDuplicates();
  }

  @Test
  void a_good_body_is_read() {
    assertThat(read("createTenant", "{\"name\":\"acme\"}").get("name").asString())
        .isEqualTo("acme");
  }

  @Test
  void an_unknown_field_is_refused_by_name() {
    assertThat(refusal("createTenant", "{\"name\":\"acme\",\"limits\":{}}").param())
        .isEqualTo("limits");
  }

  @Test
  void a_field_of_the_server_is_refused() {
    assertThat(refusal("createApiKey", "{\"tenant_id\":\"t\",\"name\":\"k\",\"last4\":\"abcd\"}")
            .param())
        .isEqualTo("last4");
  }

  @Test
  void a_wrong_type_names_the_field() {
    assertThat(refusal("createTenant", "{\"name\":7}").param()).isEqualTo("name");
  }

  @Test
  void an_element_of_a_list_is_named_by_its_index() {
    assertThat(refusal(
                "createApiKey", "{\"tenant_id\":\"t\",\"name\":\"k\",\"allowed_models\":[\"a\",7]}")
            .param())
        .isEqualTo("allowed_models[1]");
  }

  @Test
  void a_missing_field_is_named() {
    assertThat(refusal("createTenant", "{}").param()).isEqualTo("name");
  }

  @Test
  void what_is_no_json_document_is_refused() {
    assertThat(refusal("createTenant", "{\"name\":\"a\"} x").code().code())
        .isEqualTo("invalid_json");
    assertThat(refusal("createTenant", "{\"name\":\"a\",\"name\":\"b\"}").code().code())
        .isEqualTo("invalid_json");
    assertThat(refusal("createTenant", "").code().code()).isIn("invalid_json", "invalid_value");
  }

  private tools.jackson.databind.node.ObjectNode read(String operation, String body) {
    return contract.read(named(operation), body.getBytes(UTF_8));
  }

  private GatewayException refusal(String operation, String body) {
    var refusal = catchThrowableOfType(GatewayException.class, () -> read(operation, body));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  private AdminOperation named(String id) {
    return contract.operations().stream()
        .filter(o -> o.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
