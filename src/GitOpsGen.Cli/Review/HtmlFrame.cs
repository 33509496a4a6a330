using System.Security.Cryptography;

namespace GitOpsGen.Cli.Review;

/// <summary>An HTML file with the style and the script of reports, and a policy that allows nothing else.</summary>
internal static class HtmlFrame
{
    private static readonly string Style = EmbeddedText.Read("report.css");
    private static readonly string Script = EmbeddedText.Read("report.js");

    public static string Of(string title, Action<HtmlWriter> body)
    {
        var html = new HtmlWriter();
        html.Markup("<!DOCTYPE html>\n");
        html.Element(
            "html",
            [("lang", "en")],
            () =>
            {
                html.Element(
                    "head",
                    () =>
                    {
                        html.Empty("meta", ("charset", "utf-8"));
                        html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
                        html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
                        html.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
                        html.Empty("meta", ("name", "referrer"), ("content", "no-referrer"));
                        html.Element("title", title);
                        html.Element("style", () => html.Markup(Style));
                    }
                );
                html.Element(
                    "body",
                    () =>
                    {
                        body(html);
                        html.Element("script", () => html.Markup(Script));
                    }
                );
            }
        );
        return html.ToString();
    }

    private static string Policy =>
        $"default-src 'none'; style-src '{HashOf(Style)}'; script-src '{HashOf(Script)}'; base-uri 'none'; form-action 'none'";

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
