import Files

/// What the model cards of all targets have alike: the head that Hugging Face reads, and the order of the sections.
enum CardSkeleton {
  /// A card: head, title, sections, and the line below which people write.
  ///
  /// - Parameters:
  ///   - head: with its lines of dashes.
  ///   - name: of the model, as it is.
  ///   - sections: in Markdown.
  static func text(head: String, name: String, _ sections: [String]) -> String {
    ([head, "# " + MarkdownText.escaped(name)] + sections + [CardNotes.line])
      .joined(separator: "\n\n") + "\n"
  }

  /// The head.
  ///
  /// - Parameters:
  ///   - first: its lines above the metrics.
  ///   - metrics: Hugging Face's types of the metrics; none leaves the list out.
  ///   - name: of the model.
  ///   - results: lines of the results; none says that there are none.
  static func head(
    _ first: [String], metrics: [String], name: String, results: [String]
  ) -> String {
    var lines = ["---"] + first
    if !metrics.isEmpty { lines += ["metrics:"] + metrics.map { "- \($0)" } }
    lines += ["model-index:", "- name: \(YAMLText.quoted(name))"]
    lines += results.isEmpty ? ["  results: []"] : ["  results:"] + results
    return (lines + ["---"]).joined(separator: "\n")
  }

  /// The lines of one result.
  ///
  /// - Parameters:
  ///   - task: Hugging Face's name of what the model does.
  ///   - title: the same in words.
  ///   - data: name of the data.
  ///   - part: of the data.
  ///   - metrics: lines of the metrics.
  static func result(
    task: String, _ title: String, data: String, part: String, metrics: [String]
  ) -> [String] {
    let set = YAMLText.quoted(data)
    return [
      "  - task:", "      type: \(task)", "      name: \(title)", "    dataset:",
      "      name: \(set)", "      type: \(set)", "      split: \(YAMLText.quoted(part))",
      "    metrics:",
    ] + metrics
  }

  /// The lines of one metric.
  ///
  /// - Parameters:
  ///   - type: Hugging Face's name of it.
  ///   - name: ours, as YAML has it.
  ///   - value: the number.
  ///   - arguments: what tells it from others of the type.
  static func metric(
    _ type: String, _ name: String, _ value: Double, _ arguments: [(String, String)] = []
  ) -> [String] {
    ["    - type: \(type)", "      name: \(name)", "      value: \(number(value))"]
      + (arguments.isEmpty ? [] : ["      args:"] + arguments.map { "        \($0): \($1)" })
  }

  /// A number that every reader of YAML takes for one: `0.5`, not `5e-1`.
  private static func number(_ value: Double) -> String {
    let text = Figures.fixed(value, 6).replacing("−", with: "-")
    // A zero at the end of an exponent is none of the fraction; YAML 1.1 wants a point before the exponent.
    if text.contains("e") {
      return text.contains(".") ? text : text.replacing("e", with: ".0e")
    }
    guard text.contains(".") else { return text }
    let trimmed = text.reversed().drop { $0 == "0" }.reversed()
    return String(trimmed) + (trimmed.last == "." ? "0" : "")
  }
}
