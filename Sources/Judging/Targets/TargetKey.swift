/// A key of JSON by its name.
struct TargetKey: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String

  init(_ name: String) { stringValue = name }
  init(stringLiteral name: String) { self.init(name) }
  init?(stringValue: String) { self.init(stringValue) }
  var intValue: Int? { nil }
  init?(intValue: Int) { nil }
}
