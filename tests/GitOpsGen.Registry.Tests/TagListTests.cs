using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Tests.Servers;
using Xunit;

namespace GitOpsGen.Registry.Tests;

public sealed class TagListTests
{
    [Theory]
    [InlineData("</v2/acme/package/tags/list?last={0}&n=1000>; rel=\"next\"")]
    [InlineData("<list?last={0}>;rel=next")]
    [InlineData("<http://{1}/v2/acme/package/tags/list?last={0}>; foo=\"a,b;c\"; rel=\"next\"")]
    [InlineData("</other>; rel=\"prev\", </v2/acme/package/tags/list?last={0}>; REL=\"next\"")]
    public async Task Pages_are_followed_to_the_last(string link)
    {
        using var harness = new Harness(_ => Response.Text(500, ""));
        harness.Server.Answer = request =>
            request.Query switch
            {
                "n=1000" => Page("""["v1.0.0","v1.1.0"]""", "b"),
                var query when query.Contains("last=b", StringComparison.Ordinal) => Page("""["v1.1.0","v2.0.0"]""", "c"),
                _ => Page("""["latest"]""", null),
            };

        var list = (await harness.Client.ListTagsAsync(harness.Repository, Harness.Cancellation)).Value!;

        Assert.Equal(["v1.0.0", "v1.1.0", "v2.0.0", "latest"], list.Tags);

        Response Page(string tags, string? last)
        {
            var page = Response.Text(200, $$"""{"name":"acme/package","tags":{{tags}}}""");
            return last is null
                ? page
                : page.With("Link", string.Format(System.Globalization.CultureInfo.InvariantCulture, link, last, harness.Server.Host));
        }
    }

    [Fact]
    public async Task A_server_that_ignores_the_page_size_sends_all_at_once()
    {
        var tags = Enumerable.Range(0, 5000).Select(i => $"v1.0.{i}").ToArray();
        using var harness = new Harness(_ => Response.Text(200, System.Text.Json.JsonSerializer.Serialize(new { tags })));

        Assert.Equal(tags, (await harness.Client.ListTagsAsync(harness.Repository, Harness.Cancellation)).Value!.Tags);
        Assert.Single(harness.Server.Requests);
    }

    [Theory]
    [InlineData("""{"tags":null}""")]
    [InlineData("{}")]
    public async Task A_repository_may_have_no_tags(string json)
    {
        using var harness = new Harness(_ => Response.Text(200, json));

        Assert.Empty((await harness.Client.ListTagsAsync(harness.Repository, Harness.Cancellation)).Value!.Tags);
    }

    [Theory]
    [InlineData("</v2/acme/package/tags/list?n=1000>; rel=\"next\"", "never end")]
    [InlineData("<https://elsewhere.example.com/v2/acme/package/tags/list>; rel=\"next\"", "another server")]
    [InlineData("<http://[>; rel=\"next\"", "cannot be read")]
    public async Task Pages_that_lead_nowhere_are_an_invalid_answer(string link, string cause)
    {
        using var harness = new Harness(_ => Response.Text(200, """{"tags":["v1.0.0"]}""").With("Link", link));

        var failure = (await harness.Client.ListTagsAsync(harness.Repository, Harness.Cancellation)).Failure!;

        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Contains(cause, failure.Cause, StringComparison.Ordinal);
        Assert.InRange(harness.Server.Requests.Count, 1, 2);
    }

    [Fact]
    public async Task Pages_without_end_end()
    {
        var count = 0;
        using var harness = new Harness(_ => Endless());

        Assert.Equal(FailureKind.InvalidResponse, (await harness.Client.ListTagsAsync(harness.Repository, Harness.Cancellation)).Failure!.Kind);

        Response Endless()
        {
            var page = Interlocked.Increment(ref count);
            var tags = Enumerable.Range(0, 10_000).Select(i => $"v{page}.0.{i}");
            return Response.Text(200, System.Text.Json.JsonSerializer.Serialize(new { tags })).With("Link", $"<list?page={page}>; rel=\"next\"");
        }
    }

    [Fact]
    public async Task Pages_with_one_new_tag_each_are_bounded()
    {
        var count = 0;
        using var harness = new Harness(_ => Drop(Interlocked.Increment(ref count)));

        var failure = (await harness.Client.ListTagsAsync(harness.Repository, Harness.Cancellation)).Failure!;

        Assert.Contains("pages", failure.Cause, StringComparison.Ordinal);
        Assert.Equal(1000, count);

        static Response Drop(int page) => Response.Text(200, $$"""{"tags":["v1.0.{{page}}"]}""").With("Link", $"<list?page={page}>; rel=\"next\"");
    }

    [Fact]
    public async Task Pages_that_come_slowly_have_the_time_of_one_question()
    {
        var count = 0;
        var options = new RegistryOptions { Limits = new() { Whole = TimeSpan.FromMilliseconds(500) } };
        using var harness = new Harness(_ => Slow(Interlocked.Increment(ref count)), options);

        Assert.Equal(FailureKind.Unreachable, (await harness.Client.ListTagsAsync(harness.Repository, Harness.Cancellation)).Failure!.Kind);
        Assert.InRange(count, 1, 10);

        static Response Slow(int page) =>
            Response.Text(200, $$"""{"tags":["v1.0.{{page}}"]}""").With("Link", $"<list?page={page}>; rel=\"next\"") with
            {
                Delay = TimeSpan.FromMilliseconds(100),
            };
    }

    [Fact]
    public async Task What_is_too_long_for_a_tag_is_none()
    {
        using var harness = new Harness(_ => Response.Text(200, $$"""{"tags":["{{new string('1', 129)}}","v1.0.0"]}"""));

        Assert.Equal(["v1.0.0"], (await harness.Client.ListTagsAsync(harness.Repository, Harness.Cancellation)).Value!.Tags);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("""{"tags":"v1"}""")]
    [InlineData("[1]")]
    public async Task A_list_that_is_none_is_an_invalid_answer(string body)
    {
        using var harness = new Harness(_ => Response.Text(200, body));

        Assert.Equal(FailureKind.InvalidResponse, (await harness.Client.ListTagsAsync(harness.Repository, Harness.Cancellation)).Failure!.Kind);
    }
}
