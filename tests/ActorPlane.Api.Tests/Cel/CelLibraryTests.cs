namespace ActorPlane.Api.Tests.Cel;

/// <summary>The functions that Kubernetes offers beside the language's own.</summary>
public sealed class CelLibraryTests
{
    [Theory]
    [InlineData("'hello'.charAt(4) + 'hello'.charAt(5)", "o")]
    [InlineData("'hello mellow'.indexOf('ello', 2)", "7")]
    [InlineData("'hello mellow'.lastIndexOf('ello') + 'hello'.indexOf('x')", "6")]
    [InlineData("'hello mellow'.lastIndexOf('ello', 6)", "1")]
    [InlineData("'😀a😀b'.indexOf('b')", "3")]
    [InlineData("'TacoCÆt'.lowerAscii() + 'tacoæ'.upperAscii()", "tacocÆtTACOæ")]
    [InlineData("'hello hello'.replace('he', 'we', 1)", "wello hello")]
    [InlineData("'ab'.replace('', '-')", "-a-b-")]
    [InlineData("'a,b,c'.split(',')", "[\"a\", \"b\", \"c\"]")]
    [InlineData("'a,b,c'.split(',', 2)", "[\"a\", \"b,c\"]")]
    [InlineData("'a,b'.split(',', 0)", "[]")]
    [InlineData("'ab'.split('')", "[\"a\", \"b\"]")]
    [InlineData("'tacocat'.substring(4) + 'tacocat'.substring(0, 4)", "cattaco")]
    [InlineData("'  trim\\n '.trim()", "trim")]
    [InlineData("['a', 'b'].join() + ['a', 'b'].join('-')", "aba-b")]
    [InlineData("strings.quote('a\"b\\n')", "\"a\\\"b\\n\"")]
    [InlineData("'%s is %d of %.2f%%, %x %b %o %e'.format([dyn('a'), 1, 2.5, 255, 5, 8, 1234.5])", "a is 1 of 2.50%, ff 101 10 1.234500e+03")]
    [InlineData("'%s'.format([['a', 'b']])", "[\"a\", \"b\"]")]
    [InlineData("'abc'.contains('b') && 'abc'.startsWith('a') && 'abc'.endsWith('c')", "true")]
    public void Texts(string expression, string expected) => Assert.Equal(expected, CelLanguageTests.Evaluate(expression));

    [Theory]
    [InlineData("[1, 2, 2, 3].isSorted() && !['b', 'a'].isSorted() && [1].filter(x, false).isSorted()", "true")]
    [InlineData("[1, 3].sum() + [1].filter(x, false).sum()", "4")]
    [InlineData("[1.5, 2.5].sum()", "4")]
    [InlineData("[duration('1m'), duration('1s')].sum() == duration('61s')", "true")]
    [InlineData("[1, 3, 2].max() - [1, 3, 2].min()", "2")]
    [InlineData("['a', 'b', 'b'].indexOf('b') * 10 + ['a', 'b', 'b'].lastIndexOf('b')", "12")]
    [InlineData("[1].indexOf(2)", "-1")]
    [InlineData("sets.contains([1, 2, 3], [2]) && sets.equivalent([1, 2, 1], [2, 1]) && !sets.intersects([1], [2])", "true")]
    public void Lists(string expression, string expected) => Assert.Equal(expected, CelLanguageTests.Evaluate(expression));

    [Theory]
    [InlineData("'abc123'.matches('^[a-z]+\\\\d+$') && matches('x', 'x')", "true")]
    [InlineData("'abc 123'.find('[0-9]+')", "123")]
    [InlineData("'abc'.find('[0-9]+')", "")]
    [InlineData("'123 abc 456'.findAll('[0-9]+')", "[\"123\", \"456\"]")]
    [InlineData("'1 2 3'.findAll('[0-9]+', 2)", "[\"1\", \"2\"]")]
    [InlineData("['(', 'a'].exists(p, 'a'.matches(p))", "true")]
    public void Patterns(string expression, string expected) => Assert.Equal(expected, CelLanguageTests.Evaluate(expression));

    [Theory]
    [InlineData("isURL('https://user:pass@example.com:80/path?query=val#fragment') && isURL('/absolute-path') && !isURL('../relative') && !isURL('https://a:b:c/')", "true")]
    [InlineData("url('https://Example.com:80/p').getHost() + ' ' + url('https://[::1]:80/').getHostname() + ' ' + url('https://[::1]:80/').getPort()", "Example.com:80 ::1 80")]
    [InlineData("url('HTTPS://example.com/').getScheme() + url('/p').getScheme()", "https")]
    [InlineData("url('https://example.com/with space/').getEscapedPath()", "/with%20space/")]
    [InlineData("url('https://example.com/?k=a&k=b&x=1').getQuery()", "{\"k\": [\"a\", \"b\"], \"x\": [\"1\"]}")]
    [InlineData("url('x')", "error: URL parse error during conversion from string: parse \"x\": invalid URI for request")]
    public void Addresses_on_the_web(string expression, string expected) => Assert.Equal(expected, CelLanguageTests.Evaluate(expression));

    [Theory]
    [InlineData("quantity('1.5Gi').isGreaterThan(quantity('1Gi')) && quantity('100m').isLessThan(quantity('1'))", "true")]
    [InlineData("quantity('50k').add(quantity('20k')).sub(1000) == quantity('69k')", "true")]
    [InlineData("quantity('200M').compareTo(quantity('0.2G'))", "0")]
    [InlineData("isQuantity('1.3Gi') && !isQuantity('1.3GB')", "true")]
    [InlineData("quantity('50').asInteger() + quantity('-5').sign()", "49")]
    [InlineData("quantity('0.5').isInteger()", "false")]
    [InlineData("quantity('0.5').asInteger()", "error: cannot convert value to integer")]
    [InlineData("quantity('50.7k').asApproximateFloat()", "50700")]
    public void Amounts(string expression, string expected) => Assert.Equal(expected, CelLanguageTests.Evaluate(expression));

    [Theory]
    [InlineData("isIP('127.0.0.1') && isIP('::1') && !isIP('127.0.0.256') && !isIP('::ffff:1.2.3.4') && !isIP('fe80::1%en0') && !isIP('01.2.3.4')", "true")]
    [InlineData("ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD')", "true")]
    [InlineData("ip('2001:db8::abcd').family() + ip('10.0.0.1').family()", "10")]
    [InlineData("ip('0.0.0.0').isUnspecified() && ip('127.0.0.1').isLoopback() && ip('224.0.0.1').isLinkLocalMulticast() && ip('fe80::1').isLinkLocalUnicast() && ip('8.8.8.8').isGlobalUnicast()", "true")]
    [InlineData("string(ip('::0001')) + ' ' + string(cidr('10.0.0.1/8').masked())", "::1 10.0.0.0/8")]
    [InlineData("isCIDR('192.168.0.0/24') && isCIDR('2001:db8::/32') && !isCIDR('192.168.0.0/33') && !isCIDR('1.2.3.4')", "true")]
    [InlineData("cidr('192.168.0.0/24').containsIP('192.168.0.7') && !cidr('192.168.0.0/24').containsIP(ip('192.168.1.7'))", "true")]
    [InlineData("cidr('192.168.0.0/16').containsCIDR('192.168.10.0/24') && !cidr('192.168.0.0/24').containsCIDR(cidr('192.168.0.0/23'))", "true")]
    [InlineData("cidr('192.168.0.1/24').ip() == ip('192.168.0.1') && cidr('192.168.0.1/24').prefixLength() == 24", "true")]
    public void Addresses_of_the_internet_protocol(string expression, string expected) => Assert.Equal(expected, CelLanguageTests.Evaluate(expression));

    [Theory]
    [InlineData("format.dns1123Label().validate('my-label').hasValue()", "false")]
    [InlineData("format.dns1123Label().validate('My').value().size() > 0", "true")]
    [InlineData("format.named('dns1123LabelPrefix').value().validate('my-').hasValue()", "false")]
    [InlineData("format.named('nosuch').hasValue()", "false")]
    [InlineData("!format.date().validate('2021-01-01').hasValue() && format.uuid().validate('x').hasValue() && !format.byte().validate('aGVsbG8=').hasValue()", "true")]
    public void Formats(string expression, string expected) => Assert.Equal(expected, CelLanguageTests.Evaluate(expression));
}
