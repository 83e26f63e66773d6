import Datasets

/// Columns of text in a table of features, and what becomes of them: options of the commands that train. A model keeps what was
/// fitted, so that the others need none of them.
package struct TextOptions: Declarations {
  package init() {}

  package let textColumns = Declaration(
    "text-columns", default: ColumnList(),
    help:
      "Columns of text in a table of features (--input features), or in --text-table: 1- and 2-grams, hashed, weighted by TF-IDF and brought to"
      + " --text-size numbers, fitted to the training part.",
    value: "name,name")

  package let textTable = Declaration(
    "text-table", default: String?.none, without: "the table of the features itself",
    help:
      "Table with --text-columns of features (.npz, .npy, .safetensors, .csv), joined by their ids or paths, as of reports beside"
      + " what embed made of images; predict and evaluate need it too.",
    value: "file", isPath: true)

  package let textSize = Declaration(
    "text-size", default: 64, range: .atLeast(1, most: TextSettings.mostComponents),
    help: "Numbers that each column of text becomes, by a truncated SVD.", value: "count")

  package let textSlots = Declaration(
    "text-slots", default: 16384, range: .powerOfTwo(from: 256, to: TextSettings.mostSlots),
    help: "Slots that the terms of a text are hashed into.", value: "count")

  package let lexicon = Declaration(
    "lexicon", default: [String](),
    help:
      "Table with the columns word and score: mean and maximum of the scores and the part of words that are known, of each"
      + " column of text; repeatable.",
    value: "file", isPath: true)
}

/// Which columns are texts, for who makes nothing of them.
package struct TextColumnOptions: Declarations {
  package init() {}

  package let textColumns = TrainOptions.texts.textColumns
  package let textTable = TrainOptions.texts.textTable
}

/// Where columns of text are that a model names itself.
package struct TextTableOptions: Declarations {
  package init() {}

  package let textTable = TrainOptions.texts.textTable
}

extension TrainOptions {
  /// What becomes of columns of text; `nil` where none are named.
  var textSettings: TextSettings? {
    guard !self.textColumns.names.isEmpty else { return nil }
    return TextSettings(
      columns: self.textColumns.names, size: self.textSize, slots: self.textSlots)
  }

  /// Refuses options about texts where no column of text is named.
  /// - Throws: `OptionError.conflict`.
  func checkTexts() throws(OptionError) {
    guard self.textColumns.names.isEmpty else { return }
    let group = Self.texts
    let idle: [any OptionField] = [
      group.textTable, group.textSize, group.textSlots, group.lexicon,
    ]
    guard let field = idle.first(where: { $0.yaml(self) != $0.yaml(.standard) }) else { return }
    throw .conflict(
      "--\(field.name) is about columns of text, and none is named; name them with --text-columns, or leave it out"
    )
  }

  /// Reads the columns of text that a model was trained on.
  /// - Throws: `OptionError.conflict` for a table of texts where the model reads none.
  mutating func read(texts: TextFeatures?) throws(OptionError) {
    if texts == nil, self.textTable != nil {
      throw .conflict("--text-table: the model has no columns of text; leave it out")
    }
    self.textColumns = ColumnList(texts?.columnNames ?? [])
  }
}
