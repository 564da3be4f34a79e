struct FeatureMapsDrawing: Drawing {
  let figure: FeatureMapsFigure
  let height = 400.0

  init(_ figure: FeatureMapsFigure) { self.figure = figure }

  var title: String { figure.title }
  var texts: [String] { [figure.subtitle] }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Canvas.Style.margin, width: width)
  }
}
