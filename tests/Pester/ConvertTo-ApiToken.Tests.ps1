BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $ErrorView = 'ConciseView'
    $happyBirthday = 'お誕生日おめでとう'
}

Describe 'ConvertTo-ApiToken' {
    It 'gives each token its id, text, bytes and place' {
        $tokens = $happyBirthday | ConvertTo-ApiToken -Model gpt-4o
        $tokens[0] | Should -BeOfType ([ApiTools.ApiToken])
        $tokens.Id | Should -Be @(8930, 9697, 243, 128225, 8930, 17693, 4344, 48669)
        $tokens[0].Text | Should -BeExactly 'お'
        $tokens[3].Text | Should -BeExactly '生日'
        $tokens[1].Bytes | Should -Be @(0xE8, 0xAA)
        $tokens.Start | Should -Be @(0, 1, 1, 2, 4, 5, 6, 7)
        $tokens.Index | Should -Be @(0..7)
        $tokens.IsWhole | Should -Be @($true, $false, $false, $true, $true, $true, $true, $true)
        $tokens[0].Encoding | Should -BeExactly 'o200k_base'
    }

    It 'takes bytes as one text, also one by one' {
        $bytes = [Text.Encoding]::UTF8.GetBytes($happyBirthday)
        ($bytes | ConvertTo-ApiToken -Model gpt-4o).Id | Should -Be @(8930, 9697, 243, 128225, 8930, 17693, 4344, 48669)
        (, $bytes | ConvertTo-ApiToken -Model gpt-4o).Count | Should -Be 8
    }

    It 'gives the ids alone, an array for each text' {
        $ids = 'tiktoken is great!', 'antidisestablishmentarianism' | ConvertTo-ApiToken -Model gpt-4 -Id
        $ids.Count | Should -Be 2
        , $ids[0] | Should -BeOfType ([int[]])
        $ids[0] | Should -Be @(83, 1609, 5963, 374, 2294, 0)
        $ids[1] | Should -Be @(519, 85342, 34500, 479, 8997, 2191)
        (ConvertTo-ApiToken 'tiktoken is great!' -Encoding o200k_base -Id) | Should -Be @(83, 8251, 2488, 382, 2212, 0)
        , (ConvertTo-ApiToken '' -Model gpt-4 -Id) | Should -BeOfType ([int[]])
    }

    It 'keeps the beginning or the end within a number of tokens, and splits no character' {
        (ConvertTo-ApiToken $happyBirthday -Model gpt-4o -First 2 | ConvertFrom-ApiToken) | Should -BeExactly 'お'
        (ConvertTo-ApiToken $happyBirthday -Model gpt-4o -First 3 | ConvertFrom-ApiToken) | Should -BeExactly 'お誕'
        (ConvertTo-ApiToken $happyBirthday -Model gpt-4o -Last 6 | ConvertFrom-ApiToken) | Should -BeExactly '生日おめでとう'
        (ConvertTo-ApiToken $happyBirthday -Model gpt-4o -Last 6)[0].Start | Should -Be 2
        (ConvertTo-ApiToken $happyBirthday -Model gpt-4o -Last 99).Count | Should -Be 8
        ConvertTo-ApiToken $happyBirthday -Model gpt-4o -First 0 | Should -BeNullOrEmpty
        { ConvertTo-ApiToken x -Model gpt-4o -First 1 -Last 1 -ErrorAction Stop } | Should -Throw -ErrorId 'invalid_value,ApiTools.Cmdlets.ConvertToApiTokenCommand'
    }

    It 'reads files in <Encoding>' -TestCases @(
        @{ Encoding = 'utf8BOM'; Writer = [Text.UTF8Encoding]::new($true) }
        @{ Encoding = 'unicode'; Writer = [Text.Encoding]::Unicode }
        @{ Encoding = 'utf8NoBOM'; Writer = [Text.UTF8Encoding]::new($false) }
    ) {
        $file = Join-Path $TestDrive "$Encoding.txt"
        # Windows PowerShell's Set-Content knows not all of these names.
        [IO.File]::WriteAllText($file, $happyBirthday, $Writer)
        (Get-Item $file | ConvertTo-ApiToken -Model gpt-4o).Count | Should -Be 8
        (ConvertTo-ApiToken -Path "$TestDrive/$Encoding*" -Model gpt-4o -Id).Count | Should -Be 8
        (ConvertTo-ApiToken -LiteralPath $file -Model gpt-4o -First 3).Count | Should -Be 3
        (ConvertTo-ApiToken ([IO.File]::ReadAllBytes($file)) -Model gpt-4o).Count | Should -Be 8
    }

    It 'takes a special token for one where that is allowed' {
        (ConvertTo-ApiToken 'a<|endoftext|>' -Model gpt-4o -AllowSpecial -Id) | Should -Be @(64, 199999)
        (ConvertTo-ApiToken 'a<|endoftext|>' -Model gpt-4o -AllowSpecial | ConvertFrom-ApiToken) | Should -BeExactly 'a<|endoftext|>'
        (ConvertTo-ApiToken '<|endoftext|>' -Model gpt-4o -Id).Count | Should -BeGreaterThan 1
    }

    It 'says what is missing: <Case>' -TestCases @(
        @{ Case = 'an encoding'; Value = 'x'; Parameters = @{}; Id = 'missing_required_field' }
        @{ Case = 'a known model'; Value = 'x'; Parameters = @{ Model = 'made-up' }; Id = 'invalid_value' }
        @{ Case = 'text'; Value = $null; Parameters = @{ Model = 'gpt-4o' }; Id = 'missing_required_field' }
        @{ Case = 'a file'; Value = [IO.FileInfo] '/none.txt'; Parameters = @{ Model = 'gpt-4o' }; Id = 'file_not_found' }
    ) {
        { ConvertTo-ApiToken $Value @Parameters -ErrorAction Stop } | Should -Throw -ErrorId "$Id,ApiTools.Cmdlets.ConvertToApiTokenCommand"
    }

    It 'shows where tokens end' {
        $shown = ("Hi 誕`n" | ConvertTo-ApiToken -Model gpt-4o | Out-String -Width 100) -replace '\x1b\[[0-9;]*m'
        $shown | Should -Match '4 tokens of o200k_base'
        $shown | Should -Match 'Hi│ <E8AA>│<95>│\\n'
        $shown | Should -Match 'Index +Id +Start Text +Bytes'
        $shown | Should -Match '1 +79713 +2 ␣<E8AA> +20 E8 AA'
    }
}
