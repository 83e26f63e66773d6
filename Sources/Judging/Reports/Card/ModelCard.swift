import Files
import Requirements

extension ReportDocument {
  /// The model card of the first run: `README.md` with the head that Hugging Face reads.
  ///
  /// Made from the same document as the page, so the two never say different things. A section that
  /// cannot be filled says what is missing.
  ///
  /// - Parameter version: Version of Steelyard to name; `nil` takes the one the run was made with.
  /// - Precondition: the document has a run.
  public func modelCard(version: String? = nil) -> String {
    require(!runs.isEmpty, "ReportDocument.modelCard: expected at least 1 run, got none")
    let run = runs[0]
    let head = runs.count == 1 ? title : run.name
    return CardHead(run: run, title: head).text
      + ModelCard(run: run, title: head, version: version).text + "\n\(CardNotes.line)\n"
  }

  /// The same, with what people wrote below the last line of the card that it replaces, byte for byte.
  ///
  /// - Parameters:
  ///   - version: As above.
  ///   - before: The card that it replaces; empty where there is none.
  /// - Precondition: the document has a run.
  public func modelCard(version: String? = nil, after before: [UInt8]) -> [UInt8] {
    Self.card(Array(modelCard(version: version).utf8), after: before)
  }

  /// A card with what people wrote below the last line of the one that it replaces.
  ///
  /// - Parameters:
  ///   - card: The card, which ends with that line.
  ///   - before: The card that it replaces; empty where there is none.
  public static func card(_ card: [UInt8], after before: [UInt8]) -> [UInt8] {
    guard let notes = CardNotes.notes(in: before) else { return card }
    return card.dropLast() + notes
  }

  /// Whether a card has the line below which people write.
  public static func isCard(_ bytes: [UInt8]) -> Bool { CardNotes.notes(in: bytes) != nil }
}

/// The sections of a model card.
struct ModelCard {
  let run: RunReport
  let title: String
  var version: String?

  var text: String {
    let parts =
      [
        "# " + MarkdownText.escaped(title), summary, warning,
        section("Intended use", use), section("Data", data), section("Training", training),
      ] + run.evaluations.map { CardResults(part: $0).text } + [
        section("Limits", limits), section("How to use", usage),
        section("Reproducibility", reproducibility),
      ]
    return "\n" + parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private func section(_ name: String, _ body: String) -> String { "## \(name)\n\n\(body)" }

  private var summary: String {
    let steelyard = version ?? run.facts?.environment("steelyard")
    var words = "A classifier"
    if let classes = run.population?.classes.count { words += " of \(classes) classes" }
    words += ", trained by Steelyard" + (steelyard.map { " " + MarkdownText.escaped($0) } ?? "")
    if let train = run.population?.part("train") {
      words += " on \(Figures.count(train.total)) \(run.population?.noun ?? "images")"
    }
    if run.population?.input == nil, let size = run.facts?.option("img-size") {
      words += ", at \(MarkdownText.escaped(size)) pixels"
    }
    return words + "."
  }

  private var warning: String {
    run.splits.map(\.isClean) ?? true
      ? ""
      : "> **Caution.** The parts of the data share images or groups; every number here flatters."
  }

  private var use: String {
    let stated = run.use.map { MarkdownText.escaped($0) } ?? "Not stated by whoever trained it."
    return stated
      + " For research; not a medical device, and not evaluated in clinical use."
  }

  private var data: String {
    guard let population = run.population else { return "Not known." }
    let order = population.classes.indices.sorted {
      (population.parts.first?.counts[$0] ?? 0, $1) > (population.parts.first?.counts[$1] ?? 0, $0)
    }
    let rows = order.map { index in
      [MarkdownText.escaped(population.classes[index])]
        + population.parts.map { Figures.count($0.counts[index]) }
    }
    let ratio = population.part("train")?.imbalanceRatio.map { Figures.fixed($0, 1) }
    let imbalance = ratio.map { " Imbalance ratio in training: \($0)." } ?? ""
    let reference =
      run.reference.map { "Labels: " + MarkdownText.escaped($0) }
      ?? "Where the labels come from was not stated."
    return """
      \(MarkdownText.escaped(population.name ?? "Data")): \
      \(population.parts.map { "\(Figures.count($0.total)) \(population.noun) in \(MarkdownText.escaped($0.name))" }
      .joined(separator: ", ")).\(imbalance) \(reference)

      \(MarkdownText.table(["class"] + population.parts.map { MarkdownText.escaped($0.name) }, rows))
      """
  }

  private var training: String {
    var sentences: [String] = []
    if let method = run.facts?.method {
      sentences.append("Method: " + MarkdownText.escaped(method))
    } else if let method = run.facts?.option("method") {
      sentences.append("Method: " + MarkdownText.escaped(method) + ".")
    }
    if let training = run.training, let best = training.best {
      let how =
        training.selection.map { "chosen by \(MarkdownText.escaped($0)) on validation" }
        ?? "the last one"
      sentences.append("Weights of epoch \(best.epoch) of \(training.epochs.count), \(how).")
    }
    return sentences.isEmpty ? "Not known." : sentences.joined(separator: " ")
  }

  private var limits: String {
    LimitsSection(run: run).limits.map { "- " + MarkdownText.escaped($0.plain) }
      .joined(separator: "\n")
  }

  private var usage: String {
    let path = Self.shell(run.facts?.path ?? "RUN")
    return """
      ```
      steelyard predict \(path) IMAGES
      steelyard evaluate \(path) --data DATA
      ```

      The parameters in `model.safetensors` have their names in PyTorch; classes and preprocessing are in its metadata.
      """
  }

  private var reproducibility: String {
    let command = run.facts?.command.map { "```\n\(Self.oneLine($0))\n```\n\n" } ?? ""
    let versions = (run.facts?.environment ?? []).map {
      "- \(MarkdownText.escaped($0.name)): \(MarkdownText.escaped($0.value))"
    }
    let digest =
      run.population?.digest.map { ["- data: SHA-256 \(MarkdownText.escaped($0))"] } ?? []
    return command
      + "`config.yaml` holds every option and where it came from; `data.json` and `split.csv` what it was "
      + "trained on; `environment.json` with what; `report.html` the results in full.\n\n"
      + (versions + digest).joined(separator: "\n")
  }

  /// Within a fence only a fence and a line break could do harm.
  private static func oneLine(_ text: String) -> String {
    Escape.visible(text).replacing("`", with: "'").replacing("\n", with: " ")
  }

  private static func shell(_ path: String) -> String {
    let line = oneLine(path)
    return ShellWord.isPlain(path) ? line : ShellWord.quoted(line)
  }
}
