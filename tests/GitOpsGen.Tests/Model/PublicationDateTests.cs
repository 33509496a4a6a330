using System.Globalization;
using GitOpsGen.Model;
using Xunit;

namespace GitOpsGen.Tests.Model;

/// <summary>A day, or nothing.</summary>
public class PublicationDateTests
{
    [Fact]
    public void Exactly_the_days_of_the_calendar_are_read()
    {
        for (var year = 2016; year <= 2101; year++)
        {
            for (var month = 0; month <= 13; month++)
            {
                for (var day = 0; day <= 32; day++)
                {
                    var text = string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}");
                    var isDay =
                        year is >= 2018 and <= 2099
                        && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
                    Assert.Equal((text, isDay), (text, PublicationDate.TryParse(text, out var date)));
                    Assert.Equal(isDay ? text : null, date?.ToString());
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2025-11-05\n")]
    [InlineData(" 2025-11-05")]
    [InlineData("2025-11-5")]
    [InlineData("2025-11-05T00:00:00Z")]
    [InlineData("05.11.2025")]
    public void Anything_else_is_not_read(string text) => Assert.False(PublicationDate.TryParse(text, out _));

    [Theory]
    [InlineData("2025-11-05T17:03:21.123456789Z", "2025-11-05")]
    [InlineData("2025-11-05T00:30:00+02:00", "2025-11-04")]
    [InlineData("2018-01-01T00:00:00Z", "2018-01-01")]
    [InlineData("2017-12-31T23:59:59Z", null)]
    [InlineData("1970-01-01T00:00:00Z", null)]
    [InlineData("1980-01-01T00:00:01Z", null)]
    [InlineData("0001-01-01T00:00:00Z", null)]
    [InlineData("2107-01-01T00:00:00Z", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_placeholder_of_a_build_is_not_a_date(string? created, string? expected) =>
        Assert.Equal(expected, PublicationDate.OfInstant(created)?.ToString());
}
