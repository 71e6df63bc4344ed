BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $ErrorView = 'ConciseView'
}

Describe 'ConvertFrom-ApiToken' {
    It 'gives back the text that tokens were made of, each for itself' {
        $texts = 'tiktoken is great!', '', "a`r`nお誕生日 𠮷's", '  '
        ($texts | ConvertTo-ApiToken -Model gpt-4o -Id | ConvertFrom-ApiToken -Model gpt-4o) | Should -BeExactly $texts
        ($texts | ConvertTo-ApiToken -Model gpt-4 | ConvertFrom-ApiToken) | Should -BeExactly ($texts | Where-Object { $_ })
    }

    It 'puts ids from the pipeline together' {
        (83, 1609, 5963, 374, 2294, 0 | ConvertFrom-ApiToken -Encoding cl100k_base) | Should -BeExactly 'tiktoken is great!'
        (ConvertFrom-ApiToken 83, 1609, 5963, 374, 2294, 0 -Model gpt-4) | Should -BeExactly 'tiktoken is great!'
        ('83', 1609L, [uint32]5963 | ConvertFrom-ApiToken -Model gpt-4) | Should -BeExactly 'tiktoken'
        (ConvertFrom-ApiToken @() -Model gpt-4) | Should -BeExactly ''
    }

    It 'says where tokens end within a character, and gives the bytes' {
        $tokens = ConvertTo-ApiToken '誕' -Model gpt-4o
        $text = $tokens[0] | ConvertFrom-ApiToken -WarningVariable warned -WarningAction SilentlyContinue
        $text | Should -BeExactly ([string][char]0xFFFD)
        $warned.Count | Should -Be 1
        $warned[0].Message | Should -BeExactly 'These tokens begin or end within a character: what is no whole character is U+FFFD in the text. -AsByteStream gives the bytes as they are.'
        $bytes = $tokens[0] | ConvertFrom-ApiToken -AsByteStream
        , $bytes | Should -BeOfType ([byte[]])
        $bytes | Should -Be @(0xE8, 0xAA)
    }

    It 'refuses what is no token: <Case>' -TestCases @(
        @{ Case = 'an id too large'; Value = 99999999; Id = 'invalid_value'; Message = 'cl100k_base has no token 99999999: the tokens are of another encoding, or no tokens. (invalid_value)' }
        @{ Case = 'a negative id'; Value = -1; Id = 'invalid_value'; Message = 'cl100k_base has no token -1: the tokens are of another encoding, or no tokens. (invalid_value)' }
        @{ Case = 'a fraction'; Value = 1.5; Id = 'invalid_value'; Message = "A System.Double is no token's id, which is a whole number. (invalid_value)" }
        @{ Case = 'nothing'; Value = $null; Id = 'missing_required_field'; Message = 'There is no token: the input is null. (missing_required_field)' }
    ) {
        $text = 83, $Value, 1609 | ConvertFrom-ApiToken -Model gpt-4 -ErrorAction SilentlyContinue -ErrorVariable failed
        $text | Should -BeNullOrEmpty
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeExactly "$Id,ApiTools.Cmdlets.ConvertFromApiTokenCommand"
        $failed[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failed[0].TargetObject | Should -Be $Value
        $failed[0].ErrorDetails.Message | Should -BeExactly $Message
    }

    It 'needs to know the encoding of ids' {
        { 83 | ConvertFrom-ApiToken -ErrorAction Stop } | Should -Throw -ErrorId 'missing_required_field,ApiTools.Cmdlets.ConvertFromApiTokenCommand'
        { 83 | ConvertFrom-ApiToken -Encoding p50k_base -ErrorAction Stop } | Should -Throw -ErrorId 'invalid_value,ApiTools.Cmdlets.ConvertFromApiTokenCommand'
    }
}
