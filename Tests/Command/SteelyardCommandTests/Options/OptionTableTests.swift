import Foundation
import SteelyardCommand
import Testing

@Suite struct OptionTableTests {
  @Test func everyOptionHasOneLine() throws {
    let encoded = try JSONEncoder().encode(TrainOptions.full)
    let object = try #require(
      JSONSerialization.jsonObject(with: encoded) as? [String: Any])
    #expect(object.count == OptionTable.fields.count)
    #expect(Set(OptionTable.fields.map(\.name)).count == OptionTable.fields.count)
  }

  @Test func everyOptionButTheLastIsNamedAfterItsProperty() throws {
    let encoded = try JSONEncoder().encode(TrainOptions.full)
    let object = try #require(
      JSONSerialization.jsonObject(with: encoded) as? [String: Any])
    let expected = Set(object.keys.map { $0 == "data" ? "data-dir" : dashed($0) })
    #expect(Set(OptionTable.fields.map(\.name)) == expected)
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

extension TrainOptions {
  /// All options that may be absent present, so that each is encoded.
  fileprivate static var full: TrainOptions {
    var options = TrainOptions()
    (options.data, options.splitFile, options.pretrained, options.experiment) = ("", "", "", "")
    (options.longTail, options.clipGrad) = (2, 1)
    (options.imgSize, options.earlyStopping, options.threads) = (32, 1, 1)
    options.checkpointInterval = 1
    return options
  }
}
