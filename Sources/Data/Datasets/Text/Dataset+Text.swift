extension Dataset {
  /// The rows with the features of their texts behind their numbers.
  ///
  /// - Parameter text: what turns them into numbers; nil leaves the rows as they are.
  /// - Throws: ``TextError/missingColumn(_:found:)``.
  /// - Precondition: features, and not turned before.
  public func taking(_ text: TextFeatures?) throws(TextError) -> Dataset {
    guard let text, let rows else { return self }
    var data = self
    data.rows = try text.applied(to: rows)
    return data
  }

  /// How many examples have no word in a column of text.
  public func rowsWithoutWord(in column: String) -> Int {
    guard let texts = rows?.texts?.column(column) else { return 0 }
    return examples.count { example in
      guard case .row(let number) = example.source else { return false }
      return TextWords(texts[number]).words.isEmpty
    }
  }

  /// Whether every entry of a column of text is empty or a number, and one is: a column that was perhaps not meant as text.
  public func hasNumbersAlone(in column: String) -> Bool {
    let entries = (rows?.texts?.column(column) ?? []).lazy.filter { !Blanks.trimmed($0).isEmpty }
    return !entries.isEmpty && entries.allSatisfy { Double(Blanks.trimmed($0)) != nil }
  }

  /// Fits to the texts of the training part.
  ///
  /// - Parameters:
  ///   - settings: which columns, and what becomes of them.
  ///   - lexicons: scores of words.
  /// - Throws: ``TextError``.
  public func fittedText(
    _ settings: TextSettings, lexicons: [Lexicon]
  ) throws(TextError) -> TextFeatures {
    guard let rows else { throw .missingColumn(settings.columns.first ?? "", found: []) }
    let members = examples.compactMap { example -> Int? in
      guard example.split == .train, case .row(let number) = example.source else { return nil }
      return number
    }
    return try TextFeatures(fitting: rows, members: members, settings, lexicons: lexicons)
  }
}
