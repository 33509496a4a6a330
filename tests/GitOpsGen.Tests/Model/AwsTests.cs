using GitOpsGen.Model;
using Xunit;

namespace GitOpsGen.Tests.Model;

/// <summary>Partitions, regions and registries, row by row of botocore's partitions.json and the credential helper's hosts.</summary>
public class AwsTests
{
    [Theory]
    [InlineData("eu-west-2", "aws", "amazonaws.com")]
    [InlineData("us-east-1", "aws", "amazonaws.com")]
    [InlineData("ap-southeast-5", "aws", "amazonaws.com")]
    [InlineData("mx-central-1", "aws", "amazonaws.com")]
    [InlineData("cn-north-1", "aws-cn", "amazonaws.com.cn")]
    [InlineData("cn-northwest-1", "aws-cn", "amazonaws.com.cn")]
    [InlineData("us-gov-east-1", "aws-us-gov", "amazonaws.com")]
    [InlineData("us-gov-west-1", "aws-us-gov", "amazonaws.com")]
    [InlineData("eusc-de-east-1", "aws-eusc", "amazonaws.eu")]
    [InlineData("us-iso-east-1", "aws-iso", "c2s.ic.gov")]
    [InlineData("us-iso-west-1", "aws-iso", "c2s.ic.gov")]
    [InlineData("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov")]
    [InlineData("us-isob-west-1", "aws-iso-b", "sc2s.sgov.gov")]
    [InlineData("eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk")]
    [InlineData("us-isof-east-1", "aws-iso-f", "csp.hci.ic.gov")]
    [InlineData("us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov")]
    public void A_region_decides_the_partition_and_its_host_is_read_back(string name, string partition, string suffix)
    {
        Assert.True(AwsRegion.TryParse(name, out var region));
        Assert.Equal((partition, suffix), (region.Partition.Id, region.Partition.HostSuffix));
        var classic = EcrRegistry.Classic(new("123456789012"), region);
        Assert.Equal($"123456789012.dkr.ecr.{name}.{suffix}", classic.Host);
        Assert.True(EcrRegistry.TryParseHost(classic.Host, out var read));
        Assert.Equal(classic, read);
        Assert.Equal($"arn:{partition}:ecr:{name}:123456789012:repository/a/b", read.ArnOf("a/b"));
        Assert.Single(AwsPartition.All, p => p.Regions.IsMatch(name));
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1")]
    [InlineData("123456789012.dkr-ecr.eu-west-2.on.aws", "eu-west-2")]
    [InlineData("123456789012.dkr-ecr-fips.us-east-1.on.aws", "us-east-1")]
    [InlineData("123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn", "cn-north-1")]
    public void FIPS_and_dual_stack_hosts_are_the_same_registry(string host, string region)
    {
        Assert.True(EcrRegistry.TryParseHost(host, out var registry));
        Assert.Equal((host, $"123456789012-{region}"), (registry.Host, registry.FolderName));
    }

    [Theory]
    [InlineData("1234567890123.dkr.ecr.eu-west-2.amazonaws.com")]
    [InlineData("12345678901.dkr.ecr.eu-west-2.amazonaws.com")]
    [InlineData("123456789012.dkr.ecr.eu-west-2.amazonaws.com:443")]
    [InlineData("123456789012.dkr.ecr.eu-west-2.amazonaws.com.evil.com")]
    [InlineData("123456789012.dkr.ecr.xx-nowhere-1.amazonaws.com")]
    [InlineData("x123456789012.dkr.ecr.eu-west-2.amazonaws.com")]
    [InlineData("123456789012.dkr.ecr.eu-west-2.amazonaws.com\n")]
    public void A_host_that_no_credential_helper_knows_only_looks_like_ECR(string host)
    {
        Assert.False(EcrRegistry.TryParseHost(host, out _));
        Assert.True(EcrRegistry.LooksLikeEcr(host));
    }

    [Theory]
    [InlineData("harbor.example.com")]
    [InlineData("public.ecr.aws")]
    [InlineData("ecr.eu-west-2.amazonaws.com")]
    public void Other_hosts_are_other_registries(string host) =>
        Assert.False(EcrRegistry.TryParseHost(host, out _) || EcrRegistry.LooksLikeEcr(host));

    [Theory]
    [InlineData("")]
    [InlineData("eu-west")]
    [InlineData("EU-west-2")]
    [InlineData("us-gov-1-1")]
    [InlineData("eu-west-2\n")]
    [InlineData("xx-east-1")]
    public void What_no_partition_has_is_no_region(string text) => Assert.False(AwsRegion.TryParse(text, out _));

    [Theory]
    [InlineData("node", "arn:aws:iam::123456789012:role/node")]
    [InlineData("a+=,.@_-B", "arn:aws:iam::123456789012:role/a+=,.@_-B")]
    [InlineData("arn:aws:iam::210987654321:role/node", "arn:aws:iam::210987654321:role/node")]
    [InlineData("arn:aws-us-gov:iam::210987654321:role/path/to/node", "arn:aws-us-gov:iam::210987654321:role/path/to/node")]
    public void A_role_is_a_name_in_the_cluster_s_account_or_an_ARN(string text, string arn)
    {
        Assert.True(IamRole.TryParse(text, out var role));
        Assert.Equal(text, role.ToString());
        Assert.Equal(arn, role.ArnIn(new("123456789012"), AwsPartition.All[0]).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("path/node")]
    [InlineData("node ")]
    [InlineData("node\n")]
    [InlineData("arn:aws:iam::12345:role/node")]
    [InlineData("arn:aws:iam::123456789012:user/node")]
    [InlineData("arn:aws:iam::123456789012:role/")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/a/b")]
    public void Anything_else_is_no_role(string text) => Assert.False(IamRole.TryParse(text, out _));

    [Theory]
    [InlineData("123456789012.dkr-ecr.eu-west-2.on.aws", "v2.0.6", "v2.0.7, v2.1.4 and v2.2.0")]
    [InlineData("123456789012.dkr-ecr.eu-west-2.on.aws", "v2.0.7", null)]
    [InlineData("123456789012.dkr-ecr.eu-west-2.on.aws", "v2.1.0", "v2.0.7, v2.1.4 and v2.2.0")]
    [InlineData("123456789012.dkr-ecr.eu-west-2.on.aws", "v2.1.3", "v2.0.7, v2.1.4 and v2.2.0")]
    [InlineData("123456789012.dkr-ecr.eu-west-2.on.aws", "v2.1.4", null)]
    [InlineData("123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn", "v2.1.3", "v2.0.7, v2.1.4 and v2.2.0")]
    [InlineData("123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu", "v2.1.9", "v2.2.0")]
    [InlineData("123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu", "v2.2.0", null)]
    [InlineData("123456789012.dkr.ecr.eu-west-2.amazonaws.com", "v1.0.0", null)]
    public void Old_cores_cannot_log_in_to_new_hosts(string host, string core, string? since)
    {
        Assert.True(EcrRegistry.TryParseHost(host, out var registry));
        Assert.Equal(since, registry.LoginSince(PackageVersion.Parse(core)));
    }

    [Theory]
    [InlineData("arn:aws:iam::210987654321:role/node", "node", null)]
    [InlineData("arn:aws:iam::210987654321:role/path/to/node", "node", "/path/to/")]
    public void The_ARN_of_a_role_has_its_name_and_its_folder(string arn, string name, string? folder)
    {
        Assert.True(IamRole.TryParse(arn, out var role));
        var whole = role.ArnIn(null, AwsPartition.All[0]);
        Assert.Equal((name, folder), (whole.Name, whole.Folder));
    }
}
