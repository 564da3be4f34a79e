/// The page in the Mustache language; whatever stands in double braces is escaped.
enum GalleryTemplate {
  static let page = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{{title}}</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    <header>
    <h1>{{title}}</h1>
    <p class="subtitle">{{subtitle}}</p>
    </header>
    <div class="tools" role="toolbar" aria-label="Order and choice">
    <div class="orders" role="group" aria-label="Sort by">
    <button type="button" data-order="place" aria-pressed="true">File</button>
    <button type="button" data-order="finding" aria-pressed="false">Class</button>
    <button type="button" data-order="score" aria-pressed="false">Score</button>
    </div>
    <label>Class
    <select id="finding">
    <option value="">all</option>
    {{#findings}}
    <option value="{{name}}">{{name}} ({{count}})</option>
    {{/findings}}
    </select>
    </label>
    <output id="count" aria-live="polite">{{count}} pictures</output>
    </div>
    <main>
    <ol class="items" id="items">
    {{#items}}
    <li data-place="{{place}}" data-finding="{{finding}}" data-score="{{score}}">
    {{#hasLink}}<a href="{{link}}">{{/hasLink}}
    {{#hasThumbnail}}<img alt="" loading="lazy" src="data:image/jpeg;base64,{{thumbnail}}">{{/hasThumbnail}}
    <b title="{{finding}}">{{finding}}</b>
    <span class="score">{{scoreText}}</span>
    <span class="name">{{name}}</span>
    {{#hasDetail}}<span class="name">{{detail}}</span>{{/hasDetail}}
    {{#hasLink}}</a>{{/hasLink}}
    </li>
    {{/items}}
    </ol>
    {{#hasFailures}}
    <section class="failures">
    <h2>Not explained: {{failureCount}}</h2>
    <ul>
    {{#failures}}
    <li>{{.}}</li>
    {{/failures}}
    </ul>
    </section>
    {{/hasFailures}}
    </main>
    <footer><p>{{footer}}</p></footer>
    <script>{{{script}}}</script>
    </body>
    </html>

    """
}
