import Evaluation
import Reports
import Testing

@Suite struct DefinitionTests {
  @Test func `every metric is defined`() {
    for metric in Metric.catalogue { #expect(Definition.of(metric.name) != nil, "\(metric.name)") }
  }

  @Test func `anchors are different and plain`() {
    let anchors = Definition.all.map(\.anchor)
    #expect(Set(anchors).count == anchors.count)
    #expect(Definition.of("roc_auc")?.anchor == "def-roc-auc")
    #expect(Definition.of("no such metric") == nil)
  }

  @Test func `each says something`() {
    for definition in Definition.all {
      #expect(definition.words.count > 20, "\(definition.key)")
      #expect(definition.words.hasSuffix("."), "\(definition.key)")
      #expect(!definition.undefined.hasSuffix("."), "\(definition.key)")
    }
  }
}
