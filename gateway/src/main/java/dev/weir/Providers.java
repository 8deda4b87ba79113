package dev.weir;

import dev.weir.provider.CompatibleProviders;
import dev.weir.provider.Vendor;
import dev.weir.provider.Vendors;
import dev.weir.provider.anthropic.AnthropicVendor;
import dev.weir.provider.azure.AzureVendor;
import dev.weir.provider.bedrock.BedrockVendor;
import dev.weir.provider.cohere.CohereVendor;
import dev.weir.provider.gemini.GeminiVendor;
import dev.weir.provider.gemini.VertexVendor;
import java.util.ArrayList;
import java.util.List;

/** The kinds of providers there are: a line for each vendor with a protocol of its own, and the table of all others. Stateless. */
public final class Providers {
  private static final List<Vendor> OWN_PROTOCOL = List.of(
      new AnthropicVendor(),
      new AzureVendor(),
      new BedrockVendor(),
      new CohereVendor(),
      new GeminiVendor(),
      new VertexVendor());

  /** All of them. */
  public static final Vendors ALL = all();

  private Providers() {}

  private static Vendors all() {
    var all = new ArrayList<Vendor>(OWN_PROTOCOL);
    all.addAll(CompatibleProviders.VENDORS);
    return new Vendors(all);
  }
}
