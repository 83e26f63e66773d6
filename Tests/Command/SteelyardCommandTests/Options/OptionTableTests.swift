import SteelyardCommand
import Testing

@Suite struct OptionTableTests {
  @Test func noTwoOptionsHaveOneName() {
    #expect(Set(OptionTable.fields.map(\.name)).count == OptionTable.fields.count)
    #expect(OptionTable.fields.count > 40)
  }

  @Test func everyOptionButTheFirstIsNamedAfterItsProperty() {
    for group in TrainOptions.groups {
      for (label, value) in Mirror(reflecting: group).children {
        let field = value as? any OptionField
        #expect(field?.name == (label == "data" ? "data-dir" : dashed(label ?? "")))
      }
    }
  }

  @Test func defaultsMeetTheirOwnRequirements() {
    for field in OptionTable.fields {
      #expect(field.objection(TrainOptions()) == nil, "\(field.name)")
    }
  }

  private func dashed(_ name: String) -> String {
    name.map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }.joined()
  }
}
