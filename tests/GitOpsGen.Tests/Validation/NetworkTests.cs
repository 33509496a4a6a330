using GitOpsGen.Validation.Controllers;
using Xunit;

namespace GitOpsGen.Tests.Validation;

/// <summary>Addresses and their ranges, as an API server reads them (Go's net/netip; its own tests have most of these).</summary>
public sealed class NetworkTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.140.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fd7a:115c:a1e0:ab12:4843:cd96:626b:430b")]
    [InlineData("FD9E:1A04:F01D::1")]
    [InlineData("1:2:3:4:5:6:7::")]
    [InlineData("::2:3:4:5:6:7:8")]
    [InlineData("::ffff:192.168.140.255")]
    [InlineData("1:2:3:4:5:6:77.77.88.88")]
    public void An_address_is_taken(string text) => Assert.True(Network.IsAddress(text));

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3.4::")]
    [InlineData("1.2.3.4:1.2.3.4")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("::ffff:192.168.140.0255")]
    [InlineData("::ffff:1.2.3")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.04")]
    [InlineData("1.2.3.256")]
    [InlineData("0x1.2.3.4")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData(":1")]
    [InlineData("1:")]
    [InlineData(":::")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("::1/64")]
    [InlineData(" ::1")]
    public void What_only_looks_like_one_is_refused(string text) => Assert.False(Network.IsAddress(text));

    [Theory]
    [InlineData("10.1.0.0/16", "10.0.0.0/8", true)]
    [InlineData("10.0.0.0/8", "10.0.0.0/8", false)]
    [InlineData("11.0.0.0/16", "10.0.0.0/8", false)]
    [InlineData("fd00:1::/32", "fd00::/8", true)]
    [InlineData("fe00::/32", "fd00::/8", false)]
    [InlineData("10.0.0.0/16", "::/0", false)]
    public void A_range_is_part_of_a_larger_one(string part, string whole, bool expected) =>
        Assert.Equal(expected, Network.Parse(part)!.IsPartOf(Network.Parse(whole)!));

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("::/129")]
    [InlineData("::/0/0")]
    public void A_range_has_an_address_and_a_length_within_it(string text) => Assert.Null(Network.Parse(text));
}
