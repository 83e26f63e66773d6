import Files

extension RunFacts {
  init(_ contents: RunContents) throws(FileError) {
    let environment = try contents.environment.map { bytes throws(FileError) in
      try JSONFile.decode([String: Scalar].self, from: bytes, name: "environment.json")
    }
    self.init(
      path: contents.path,
      options: contents.config.map { ConfigLines.facts($0) } ?? [],
      environment: (environment ?? [:]).sorted { $0.key < $1.key }.map { Fact($0, $1.text) },
      method: contents.method,
      command: contents.command
        ?? (contents.config == nil
          ? nil
          : "steelyard train --config " + FilePath.join(contents.path ?? ".", "config.yaml")),
      license: contents.license)
  }

  /// A number, a word or a switch of a JSON file, as text.
  private struct Scalar: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        text = "null"
      } else if let flag = try? container.decode(Bool.self) {
        text = flag ? "true" : "false"
      } else if let number = try? container.decode(Int.self) {
        text = String(number)
      } else if let number = try? container.decode(Double.self) {
        text = "\(number)"
      } else {
        text = try container.decode(String.self)
      }
    }
  }
}
